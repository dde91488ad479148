"""One broken scenario for each fault, in chapters."""

from tests.scenario.faults_of_deciding import DECIDERS, SPEAKERS
from tests.scenario.faults_of_order import AGENDA, ORDER, VALUES
from tests.scenario.faults_of_writing import FIELDS, TWICE, WORDS

FAULTS = {
    f"{chapter}: {name}": fault
    for chapter, faults in {
        "fields": FIELDS,
        "unknown": WORDS,
        "twice": TWICE,
        "order": ORDER,
        "values": VALUES,
        "agenda": AGENDA,
        "deciders": DECIDERS,
        "speakers": SPEAKERS,
    }.items()
    for name, fault in faults.items()
}
