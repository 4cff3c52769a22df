"""The articles that refusals in tests stand on."""

from bancheng.city.catalogue import services
from bancheng.city.catalogue.queries import LegalBasisRef
from bancheng.kernel.actor import SYSTEM
from bancheng.kernel.hall import HallRef, Level, hall
from tenants import directory

BASIS = LegalBasisRef(
    code="XKF-38",
    title="中华人民共和国行政许可法",
    article="第三十八条",
    text="申请人的申请符合法定条件、标准的，行政机关应当依法作出准予行政许可的书面决定。"
    "行政机关依法作出不予行政许可的书面决定的，应当说明理由，并告知申请人享有依法申请行政复议"
    "或者提起行政诉讼的权利。",
    version="2019",
)


def regulations_of(ref: HallRef) -> None:
    """Put the article into the catalogue of the hall's network, where that has a city hall."""
    top = ref
    while top.parent_id is not None:
        top = directory.by_id(top.parent_id)
    if top.level is Level.CITY:
        with hall(top):
            services.put_legal_bases(bases=[BASIS], by=SYSTEM)
