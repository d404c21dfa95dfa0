"""What the user chose about finding out why something is down: the `[diagnosis]` section of the settings file."""

from dataclasses import dataclass

from manara.model.options import option


@dataclass(frozen=True, slots=True, kw_only=True)
class DiagnosisOptions:
    """The `[diagnosis]` section."""

    official_pages: bool = option(
        True,
        help="Whether to read the status pages of the operators of services, every 5 minutes, and more often in "
        "trouble",
    )
    official_counts: bool = option(
        False,
        help="Whether a service counts as degraded when only its official page says that something is wrong, "
        "and as under maintenance when it fails while that page tells of planned work",
    )
    name_servers: bool = option(
        True,
        help="Whether to ask your name servers who serves the zone of a service, and to ask those servers themselves "
        "when its name cannot be found",
    )
    usual_speed: bool = option(
        True,
        help="Whether a service counts as degraded when it is much slower than usual at this hour of the week; nobody "
        "is asked, its own history tells",
    )
    networks: bool = option(
        False,
        help="Whether to ask Team Cymru, by DNS through your name servers, which network the addresses of services "
        "belong to (it gets their first three numbers), to see what fails together",
    )

    @property
    def heeds_officials(self) -> bool:
        """Whether what operators say changes verdicts: only what is read again and again may."""
        return self.official_pages and self.official_counts
