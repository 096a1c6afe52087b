"""An app knows only the floors below it, and within an app a layer only those below."""

from tests.conventions.source import ABOVE, FLOORS, LAYERS, ROOT, imports, listed, module_of, product, short


def test_an_app_imports_only_from_the_floors_below():
    wrong = set()
    for path in product():
        app = path.relative_to(ROOT).parts[0]
        if app not in FLOORS:
            continue
        forbidden = FLOORS[FLOORS.index(app) + 1 :]
        for name in imports(path):
            if name.split(".")[0] in forbidden or name.startswith(ABOVE):
                wrong.add(f"{short(path)} imports {name}")
    assert not wrong, f"Floors: {' < '.join(FLOORS)}. Move the code up, or use lib.relations.{listed(wrong)}"


def test_lib_and_scope_import_no_app():
    wrong = set()
    for path in product():
        if short(path).startswith(("peersupport/lib/", "peersupport/scope/", "peersupport/database/")):
            for name in imports(path):
                if name.split(".")[0] in FLOORS or name.startswith(ABOVE):
                    wrong.add(f"{short(path)} imports {name}")
    assert not wrong, f"What all floors use knows none of them.{listed(wrong)}"


def test_inside_an_app_models_know_no_services_and_services_no_views():
    wrong = set()
    for path in product():
        app, *rest = module_of(path).split(".")
        if app not in FLOORS or not rest or rest[0] not in LAYERS:
            continue
        for name in imports(path):
            other, *layer = name.split(".")
            if other == app and layer and layer[0] in LAYERS[LAYERS.index(rest[0]) + 1 :]:
                wrong.add(f"{short(path)} imports {name}")
    assert not wrong, f"{' < '.join(LAYERS)}.{listed(wrong)}"
