"""What happens beside an incident, in plain words; that is no word about its reason."""

from manara.model import Incident, Verdict
from manara.wording.believed import Believed
from manara.wording.incidents import LONGEST_NAME
from manara.wording.plain import one_line
from manara.wording.translation import Translator


def knock_on_lists(tr: Translator, incident: Incident, believed: Believed) -> list[tuple[str, list[str]]]:
    """Return what fails, what became slower and what is well meanwhile: what each list is called, and its names."""
    verdicts = {state.service_id: state.verdict for state in believed.states}
    others = [each for each in believed.services if each.id not in incident.service_ids]
    slower = [each.name for each in others if each.id in incident.knock_on]
    fine = [each.name for each in others if each.id not in incident.knock_on and verdicts.get(each.id) is Verdict.UP]
    rows = (
        (tr("Measured down"), [member.name for member in incident.members]),
        (tr("Slower than usual since it began"), slower),
        (tr("Watched and fine"), fine),
    )
    return [(title, [one_line(name, LONGEST_NAME) for name in names]) for title, names in rows if names]
