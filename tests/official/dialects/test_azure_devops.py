from manara.model import OfficialState, PageKind
from manara.official.dialects.azure_devops import read_azure_devops
from official.samples import SAMPLES, answer


def test_each_service_is_told_for_each_place():
    told = read_azure_devops(answer(SAMPLES[PageKind.AZURE_DEVOPS].sick))

    assert [(part.name, part.group, part.state) for part in told.components] == [
        ("Boards, Europe", "Boards", OfficialState.MAJOR_OUTAGE)
    ]
    assert told.title == "Hm"
