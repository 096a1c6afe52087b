from tests.browser import test_pages as t
from tests.peersupport.world import World
from peersupport.demo.owner import owner
from peersupport.demo.factories import PASSWORD
from tests.test_access import address

def test_mine(transactional_db, visitor):
    world = World()
    with owner():
        for user in world.users.values():
            user.set_password(PASSWORD); user.save(update_fields=["password"])
    faults, visitors, seen = [], {}, 0
    for actor, page in t.READERS:
        n = page.name
        if not (n.startswith("visits:group") or n in ("visits:heads_create","overviews:school_detail","overviews:my_day","overviews:my_month","visits:booking_create","visits:booking_move")):
            continue
        seen += 1
        if actor not in visitors:
            visitors[actor] = visitor().sign_in(world.users[actor])
        faults += t.faults_of(visitors[actor], address(world, page, "own", actor))
    assert seen > 12
    assert not faults, "\n".join(faults)
