import pytest

from bancheng.kernel.hall import HallRef
from tests.conduct.scene import Scene


@pytest.fixture
def scene(district: HallRef) -> Scene:
    return Scene(district)
