"""What every reason, circumstance, layer and state of the line is called, in plain words for everybody.

Reasons and circumstances are clauses that begin in lower case, so that they fit into a sentence.
"""

from datetime import timedelta

from manara.model import Circumstance, Keeping, Layer, Limit, Line, LineState, Reason, WitnessKind
from manara.wording.plain import one_line
from manara.wording.times import duration
from manara.wording.translation import Translator, mark

REASONS = {
    Reason.NO_PERMISSION: mark("this check is not permitted on this computer, so nothing is known"),
    Reason.NO_RESOLVER: mark("this computer knows no name server to ask"),
    Reason.OUT_OF_RESOURCES: mark("this computer has no room left for another connection"),
    Reason.FILE_UNREADABLE: mark("a file that this check needs cannot be read"),
    Reason.SECRET_MISSING: mark("the password or token for this check was not found"),
    Reason.TOOL_MISSING: mark("a program that this check needs is not installed"),
    Reason.INTERNAL_ERROR: mark("Manara made a mistake, so nothing is known"),
    Reason.NETWORK_UNREACHABLE: mark("no way leads from this computer to that network"),
    Reason.NO_IPV6: mark("it has only IPv6 addresses, and this computer has no IPv6"),
    Reason.NO_IPV4: mark("it has only IPv4 addresses, and this computer has no IPv4"),
    Reason.NXDOMAIN: mark("the name does not exist"),
    Reason.SERVFAIL: mark("the name servers failed to find the name"),
    Reason.DNS_REFUSED: mark("the name servers refused to answer"),
    Reason.DNS_TIMEOUT: mark("the name servers did not answer"),
    Reason.DNS_UNREACHABLE: mark("the name servers cannot be reached"),
    Reason.DNS_ERROR: mark("the name servers answered with an error"),
    Reason.DNS_BAD_ANSWER: mark("the name servers gave an answer that makes no sense"),
    Reason.CNAME_LOOP: mark("the name points round in a circle"),
    Reason.NO_ADDRESSES: mark("the name exists, but its address is missing"),
    Reason.UNUSABLE_NAME: mark("the name cannot be looked up as it is written"),
    Reason.UNEXPECTED_RECORDS: mark("the name leads somewhere else than expected"),
    Reason.UNEXPECTED_RCODE: mark("the name servers answered otherwise than expected"),
    Reason.CONNECTION_REFUSED: mark("the computer is there, but the service on it is off"),
    Reason.CONNECTION_RESET: mark("the connection was broken off"),
    Reason.CONNECTION_CLOSED: mark("the connection was closed without an answer"),
    Reason.CONNECT_TIMEOUT: mark("the address does not answer"),
    Reason.HOST_UNREACHABLE: mark("the address cannot be reached"),
    Reason.REPLY_TIMEOUT: mark("it is connected, but the service does not reply"),
    Reason.NO_ECHO: mark("the address does not answer to a ping"),
    Reason.PACKET_LOSS: mark("some packets are lost on the way"),
    Reason.CERTIFICATE_NAME_MISMATCH: mark("the security certificate is for another name"),
    Reason.CERTIFICATE_UNKNOWN_ISSUER: mark("the security certificate comes from an issuer that is not trusted here"),
    Reason.CERTIFICATE_EXPIRED: mark("the security certificate has expired"),
    Reason.CERTIFICATE_NOT_YET_VALID: mark("the security certificate is not valid yet"),
    Reason.CERTIFICATE_SELF_SIGNED: mark("the security certificate is signed by nobody but itself"),
    Reason.CERTIFICATE_INVALID: mark("the security certificate is not acceptable"),
    Reason.CERTIFICATE_EXPIRES_SOON: mark("the security certificate expires soon"),
    Reason.TLS_PROTOCOL: mark("it does not speak a usable encryption there"),
    Reason.TLS_ALERT: mark("it turned the encrypted connection down"),
    Reason.TLS_TIMEOUT: mark("it did not finish setting up the encryption"),
    Reason.TLS_CLOSED: mark("it hung up while the encryption was set up"),
    Reason.PROXY_FAILED: mark("the proxy did not pass the request on, so nothing is known"),
    Reason.RESPONSE_TIMEOUT: mark("it is connected, but the service does not respond"),
    Reason.BODY_TIMEOUT: mark("the page did not arrive in full in time"),
    Reason.HTTP_PROTOCOL: mark("it answers, but not as a web server"),
    Reason.HTTP_CLOSED: mark("the web server hung up without an answer"),
    Reason.INCOMPLETE_BODY: mark("the page broke off in the middle"),
    Reason.TOO_MANY_REDIRECTS: mark("it sends visitors on too many times"),
    Reason.REDIRECT_LOOP: mark("it sends visitors round in a circle"),
    Reason.UNUSABLE_REDIRECT: mark("it sends visitors to an address that cannot be used"),
    Reason.NOT_FOUND: mark("the page is not there"),
    Reason.SERVER_ERROR: mark("it is reachable, but fails inside"),
    Reason.CLIENT_ERROR: mark("it is reachable, but turns the request down"),
    Reason.UNEXPECTED_STATUS: mark("it is reachable, but answers otherwise than expected"),
    Reason.REFUSES_AUTOMATION: mark("reachable; refuses automatic checks"),
    Reason.TEXT_MISSING: mark("the expected text is missing"),
    Reason.TEXT_PRESENT: mark("a text is there that should not be"),
    Reason.RULE_TOO_SLOW: mark("a rule of this check takes too long to apply, so nothing is known"),
    Reason.UNREADABLE_BODY: mark("what it sent cannot be read"),
    Reason.NOT_JSON: mark("what it sent is not JSON"),
    Reason.JSON_MISMATCH: mark("a value in its answer is not as expected"),
    Reason.UNEXPECTED_REPLY: mark("the reply is not as expected"),
    Reason.SLOW: mark("it answers, but slowly"),
    Reason.SLOWER_THAN_USUAL: mark("it answers, but much more slowly than usual at this hour"),
}

CIRCUMSTANCES = {
    Circumstance.NOT_LOOKED_YET: mark("not looked at yet"),
    Circumstance.NOT_OBSERVED: mark("nobody was looking"),
    Circumstance.NOT_RUNNING: mark("Manara was not running"),
    Circumstance.NOT_WATCHED: mark("it was not watched"),
    Circumstance.OWN_LINE: mark("your own connection could not be shown to work"),
    Circumstance.SIGN_IN_WANTED: mark("the network that you are in wants you to sign in first"),
    Circumstance.OWN_RESOLVER: mark("your own name servers fail, while others answer"),
    Circumstance.OWN_CLOCK: mark("the clock of this computer is wrong, so certificates cannot be judged"),
    Circumstance.FILTERED: mark("your own network hides it: others find it where yours does not"),
    Circumstance.OWN_TRUST: mark("this computer's list of trusted authorities is out of date"),
    Circumstance.OFFICIAL_WORD: mark("its official page says so"),
    Circumstance.PAUSED_BY_USER: mark("paused by you"),
    Circumstance.NOTHING_TO_CHECK: mark("there is nothing to check"),
}

LAYERS = {
    Layer.LOCAL: mark("This computer"),
    Layer.LINK: mark("Network"),
    Layer.DNS: mark("DNS"),
    Layer.TCP: mark("TCP"),
    Layer.ICMP: mark("Ping"),
    Layer.TLS: mark("TLS"),
    Layer.HTTP: mark("HTTP"),
    Layer.CONTENT: mark("Content"),
    Layer.SPEED: mark("Speed"),
}

LINE_STATES = {
    LineState.ONLINE: mark("Your own connection works"),
    LineState.LIMITED: mark("Your own connection works only in part"),
    LineState.CAPTIVE: mark("The network that you are in wants you to sign in first"),
    LineState.OFFLINE: mark("Your own connection is down"),
    LineState.UNKNOWN: mark("Whether your own connection works is not known"),
}

LIMITS = {
    Limit.OWN_RESOLVER: mark("your own name servers fail, while others answer"),
    Limit.IPV4: mark("nothing answers by IPv4"),
    Limit.IPV6: mark("nothing answers by IPv6"),
    Limit.CLOCK: mark("the clock of this computer is wrong"),
}

KEEPINGS = {
    Keeping.WELL: mark("The history is kept"),
    Keeping.ELSEWHERE: mark("Another Manara keeps the history; this one only reads it"),
    Keeping.IN_MEMORY: mark("The history cannot be written; it stays in memory until it can"),
    Keeping.SALVAGED: mark("The history was damaged; it was set aside, and what could be read of it goes on"),
    Keeping.REFUSED: mark("The history comes from a newer Manara; it is left alone, and nothing is kept"),
}


def clause(tr: Translator, cause: Reason | Circumstance) -> str:
    """Return why, as a part of a sentence: `the name servers did not answer`."""
    return tr(REASONS[cause] if isinstance(cause, Reason) else CIRCUMSTANCES[cause])


def standalone(tr: Translator, cause: Reason | Circumstance) -> str:
    """Return why, on its own: `The name servers did not answer`."""
    return capitalised(clause(tr, cause))


def capitalised(text: str) -> str:
    """Return the text with a capital first letter and the rest as it is."""
    return text[:1].upper() + text[1:]


def layer_word(tr: Translator, layer: Layer) -> str:
    """Return the short name of a rung of the ladder."""
    return tr(LAYERS[layer])


def line_sentence(tr: Translator, line: Line) -> str:
    """Return what is known of our own connection, and where it is broken."""
    sentence, particulars = tr(LINE_STATES[line.state]), _particulars(tr, line)
    return tr("{what}: {particulars}").format(what=sentence, particulars=particulars) if particulars else sentence


def _particulars(tr: Translator, line: Line) -> str:
    if line.state is LineState.LIMITED:
        return tr("; ").join(_of_limit(tr, limit, line) for limit in line.limits)
    heard = {witness.kind for witness in line.witnesses if witness.answered}
    unheard = {witness.kind for witness in line.witnesses} - heard
    if line.state is LineState.OFFLINE and WitnessKind.LINK in unheard:
        return tr("no way leads out of this computer")
    if line.state is LineState.OFFLINE and WitnessKind.GATEWAY in heard:
        return tr("your router answers, but nothing beyond it does")
    return ""


def _of_limit(tr: Translator, limit: Limit, line: Line) -> str:
    ahead = line.clock_ahead
    if limit is not Limit.CLOCK or ahead is None:
        return tr(LIMITS[limit])
    is_fast = ahead > timedelta(0)
    text = (
        tr("the clock of this computer is {duration} fast")
        if is_fast
        else tr("the clock of this computer is {duration} slow")
    )
    return text.format(duration=duration(tr, abs(ahead)))


def keeping_sentence(tr: Translator, keeping: Keeping, detail: str) -> str:
    """Return how the history is kept, with the particulars in brackets."""
    text = tr(KEEPINGS[keeping])
    return one_line(f"{text} ({detail})" if detail else text)
