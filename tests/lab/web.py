"""The web of the laboratory: one process that serves every site at every address of its network.

`python -m lab.web FOLDER` reads `FOLDER/sites.json` anew for every request, so that a site changes by an edit of that
file: `{"host": {"status": 200, "headers": {}, "body": "", "delay_s": 0, "hang": false, "certificate": "good"}}`. The
certificate is a file `FOLDER/certificates/HOST-KIND.pem`; the kind `none` hangs up within the handshake.
"""

import asyncio
import json
import ssl
import sys
from pathlib import Path
from typing import Any

from manara.model import SystemClock

_LONGEST_HEAD = 64 * 1024
_FOR_EVER_S = 3600.0


class Web:
    """The sites of a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._contexts: dict[Path, ssl.SSLContext] = {}
        self._clock = SystemClock()

    def site(self, host: str) -> dict[str, Any]:
        """Return how a site behaves now; one that nobody named is not there."""
        sites: dict[str, dict[str, Any]] = json.loads((self._folder / "sites.json").read_text())
        return sites.get(host.lower(), {"status": 404})

    def choose(self, connection: ssl.SSLObject, name: str | None, _context: ssl.SSLContext) -> int | None:
        """Show the certificate of the name that the client asks for."""
        host = (name or "").lower()
        kind = self.site(host).get("certificate", "good")
        path = self._folder / "certificates" / f"{host}-{kind}.pem"
        if not path.exists():
            return ssl.ALERT_DESCRIPTION_UNRECOGNIZED_NAME
        if path not in self._contexts:
            self._contexts[path] = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._contexts[path].load_cert_chain(path)
        connection.context = self._contexts[path]
        return None

    async def serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        """Answer one request."""
        try:
            head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
            host = next((line[5:].strip() for line in head.splitlines() if line.lower().startswith("host:")), "")
            site = self.site(host.partition(":")[0])
            if site.get("hang"):
                await self._clock.sleep(_FOR_EVER_S)
            await self._clock.sleep(site.get("delay_s", 0))
            path = head.split(" ", 2)[1]
            answer = site | site.get("paths", {}).get(path, {})
            body = str(answer.get("body", "ok")).encode() if answer.get("status", 200) != 204 else b""
            lines = [f"HTTP/1.1 {answer.get('status', 200)} So"]
            lines += [f"{name}: {value}" for name, value in answer.get("headers", {}).items()]
            writer.write("\r\n".join([*lines, f"Content-Length: {len(body)}", "", ""]).encode() + body)
            await writer.drain()
        except (OSError, asyncio.IncompleteReadError, asyncio.LimitOverrunError):
            pass
        finally:
            writer.close()


async def main(folder: Path) -> None:
    """Serve until the process is ended."""
    web = Web(folder)
    secure = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    secure.load_cert_chain(folder / "certificates" / "default.pem")
    secure.sni_callback = web.choose  # type: ignore[assignment]
    for host in ("0.0.0.0", "::"):
        await asyncio.start_server(web.serve, host, 80, limit=_LONGEST_HEAD)
        await asyncio.start_server(web.serve, host, 443, ssl=secure, limit=_LONGEST_HEAD)
    print("ready", flush=True)  # noqa: T201 - whoever started it waits for this
    await asyncio.Event().wait()


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1])))
