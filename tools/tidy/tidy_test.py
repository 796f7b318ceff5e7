# SPDX-License-Identifier: Apache-2.0
"""Each rule is shown a small tree that breaks it and one that does not."""
import json
import sys
import tempfile
import unittest
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))
import cpp
import rooms
import routes
import shape
import stored
import words
from project import Project

SPDX = "// SPDX-License-Identifier: Apache-2.0\n"
# Written in halves, as the rules read this file too.
LEFT = "TO" + "DO"
HOST = "registry" + ".npm.org"


class Rules(unittest.TestCase):
    def tree_of(self, files):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        for name, text in files.items():
            path = Path(folder.name) / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)
        return Project(folder.name, list(files))

    def texts(self, findings):
        return [finding.text for finding in findings]


class Shape(Rules):
    def test_finds_functions_and_their_lines(self):
        text = ('namespace a {\nstruct B {\n  int f() const { return 1; }\n};\n'
                'B make(int x) {\n  if (x) {\n    return {};\n  }\n  auto g = [] { return "}"; };\n'
                '  return {};\n}\n}  // namespace a\n')
        self.assertEqual([("f", 3, 3), ("make", 5, 11)], list(cpp.functions(text)))

    def test_constructor_lists_and_raw_strings_do_not_confuse(self):
        text = 'A::A(int b)\n    : b_(b) {\n  x = R"({{{)";\n}\nint c() {\n  return 1\'000;\n}\n'
        self.assertEqual([("A::A", 1, 4), ("c", 5, 7)], list(cpp.functions(text)))

    def test_long_functions_files_and_lines(self):
        long_function = SPDX + "int f() {\n" + "  g();\n" * 70 + "}\n"
        project = self.tree_of({"server/a/f.cpp": long_function, "server/a/h.hpp": "\n" * 300,
                                "web/src/w.ts": "const a = '" + "x" * 100 + "';\n"})
        found = " ".join(self.texts(shape.check_sizes(project, {})))
        for text in ("f.cpp:f: 72, allowed 60", "h.hpp: 300, allowed 200", "w.ts: 1, allowed 0"):
            self.assertIn(text, found)

    def test_a_marked_table_may_be_long(self):
        text = SPDX + "// tidy: table\n" + "int f() {\n" + "  g();\n" * 600 + "}\n"
        self.assertEqual([], list(shape.check_sizes(self.tree_of({"server/a/f.cpp": text}), {})))

    def test_ratchet_only_shrinks(self):
        project = self.tree_of({"server/a/h.hpp": "\n" * 300})
        entry = {"file lines": {"server/a/h.hpp": 300}}
        self.assertEqual([], list(shape.check_sizes(project, entry)))
        entry["file lines"]["server/a/h.hpp"] = 290
        self.assertIn("allowed 290", self.texts(shape.check_sizes(project, entry))[0])
        self.assertEqual(290, shape.lowered(project, entry)["file lines"]["server/a/h.hpp"])
        entry["file lines"]["server/a/h.hpp"] = 310
        self.assertIn("fell from 310 to 300", self.texts(shape.check_sizes(project, entry))[0])
        self.assertEqual(300, shape.lowered(project, entry)["file lines"]["server/a/h.hpp"])

    def test_ratchet_entry_of_a_removed_file(self):
        found = self.texts(shape.check_sizes(self.tree_of({}), {"file lines": {"gone.cpp": 900}}))
        self.assertIn("no longer there", found[0])

    def test_names(self):
        for name in ("FileManager", "CompanyData", "helper", "string_utils", "handle", "Process"):
            self.assertIsNotNone(shape.bad_name(name), name)
        for name in ("DataFolder", "handle_call", "PersonalData", "flagpole", "document"):
            self.assertIsNone(shape.bad_name(name), name)

    def test_name_in_a_file(self):
        project = self.tree_of({"server/utils.cpp": SPDX, "server/a/b.hpp": "class UserInfo {};"})
        self.assertEqual(2, len(list(shape.check_names(project))))

    def test_licence_leftovers_and_forbidden(self):
        project = self.tree_of({"server/a/b.cpp": f"// {LEFT} later\n", "bin/go": "#!/bin/sh\n",
                                "README.md": f"from https://{HOST}/x and /wo" + "rk/main/x\n",
                                "ok.cpp": SPDX + '#include "server/work/jobs.hpp"\n'})
        self.assertEqual(2, len(list(shape.check_licence(project))))
        self.assertEqual(1, len(list(shape.check_leftovers(project))))
        self.assertEqual(2, len(list(shape.check_forbidden(project))))


class Rooms(Rules):
    FLOORS = "0 base\n1 store\n1 work store\n2 features/a\n2 features/b features/a\n"

    def found(self, **files):
        listed = {"server/FLOORS": self.FLOORS, "server/base/b.hpp": "", "server/store/s.hpp": "",
                  "server/features/a/a.hpp": "", "server/features/a/inner.hpp": ""}
        listed.update({"server/" + k.replace("__", "/") + ".cpp": v for k, v in files.items()})
        return self.texts(rooms.check_floors(self.tree_of(listed)))

    def test_downwards_and_listed_neighbours(self):
        self.assertEqual([], self.found(store__x='#include "base/b.hpp"\n#include "store/s.hpp"\n',
                                        work__x='#include "store/s.hpp"\n',
                                        features__b__x='#include "features/a/a.hpp"\n'))

    def test_upwards(self):
        self.assertIn("must not include", self.found(base__x='#include "store/s.hpp"\n')[0])

    def test_private_header_of_a_neighbour(self):
        self.assertIn("is private", self.found(
            features__b__x='#include "features/a/inner.hpp"\n')[0])

    def test_unlisted_room_and_unknown_header(self):
        self.assertIn("in no room", self.found(other__x="")[0])
        self.assertIn("is not a header", self.found(base__x='#include "../b.hpp"\n')[0])

    def test_dead_header(self):
        project = self.tree_of({"server/a/x.hpp": "", "server/a/y.hpp": "",
                                "server/a/x.cpp": '#include "a/x.hpp"\n'})
        self.assertEqual(["server/a/y.hpp"], [f.path for f in rooms.check_dead_headers(project)])

    def test_dead_web_files(self):
        project = self.tree_of({
            "web/index.html": '<script src="/src/main.tsx">', "web/src/main.tsx": "import './a';",
            "web/src/a.ts": "import { b } from '@/kit/b.js';\nimport('./lazy');",
            "web/src/kit/b.ts": "", "web/src/lazy.tsx": "", "web/src/dead.ts": "",
            "web/src/a.test.ts": ""})
        self.assertEqual(["web/src/dead.ts"], [f.path for f in rooms.check_dead_web(project)])

    def test_twins(self):
        project = self.tree_of({
            "server/records/fields/text.cpp": "", "server/records/fields/date.cpp": "",
            "server/records/fields/field_type.cpp": "", "server/records/fields/field_type.hpp": "",
            "server/records/fields/text_test.cpp": "", "web/src/records/fields/text/input.tsx": ""})
        self.assertEqual(["web/src/records/fields has no date"],
                         self.texts(rooms.check_twins(project)))


class Stored(Rules):
    SQL = "-- name: find_user\nSELECT 1;\n-- name: old\nSELECT 2;\n"\
          "-- name: old [postgres]\nSELECT 3;"

    def test_unused_and_missing_statements(self):
        project = self.tree_of({
            "server/access/sql/users.sql": self.SQL,
            "server/access/a.cpp": 'tx.query(statements_["access.find_user"]);\n'
                                   'tx.query(statements_["access.find_role"]);\n'
                                   '// statements["access.in_comment"]\n'})
        self.assertEqual({"no statement is named access.find_role", "nobody uses access.old"},
                         set(self.texts(stored.check_statements(project))))

    def test_columns_of_a_migration(self):
        sql = ("CREATE TABLE a (\n  id {id}, -- comment, with (comma\n  price NUMERIC(10, 2),\n"
               "  {only sqlite}\n  x TEXT,\n  {end}\n  PRIMARY KEY (id, x)\n);\n"
               "ALTER TABLE b ADD COLUMN c TEXT;\n")
        self.assertEqual({"a": ["id", "price", "x"], "b": ["c"]}, stored.columns_of(sql))

    def test_unclassified_and_stale_columns(self):
        whole = {"class": "none", "purpose": "", "erasure": "keep"}
        project = self.tree_of({
            "server/work/migrations/0001_a.sql": "CREATE TABLE a (id {id}, b TEXT);",
            "server/work/migrations/0001_a.columns.json":
                json.dumps({"a": {"id": whole, "gone": {"class": "none"}}})})
        found = " ".join(self.texts(stored.check_columns(project)))
        for text in ("a.b is not classified", "a.gone is in no migration", "a.gone lacks purpose"):
            self.assertIn(text, found)

    def test_model_fields(self):
        whole = {"class": "none", "purpose": "", "erasure": "keep"}
        project = self.tree_of({"model/a.json": json.dumps({"fields": [
            {"name": "x", "label": {"en": "X"}, "privacy": whole}, {"name": "y"}]})})
        self.assertEqual(2, len(list(stored.check_models(project))))


class Routes(Rules):
    TABLE = ('{Method::get, "/api/v1/me", Right::signed_in(), me, ""},\n'
             '{net::Method::remove, "/api/v1/{type}/{id}", access::Right::signed_in(), f, ""},\n'
             '{net::Method::get, "/api/v1/{type}", Right::signed_in(), f, ""},\n'
             '{net::Method::post, "/api/v1/sign-in", Right::anyone(), f, ""},\n')

    def found(self, scenario, table=TABLE, allowed="POST /api/v1/sign-in\n"):
        return self.texts(routes.check_routes(self.tree_of({
            "server/records/r.cpp": table, "tests/api/x.scn": scenario,
            routes.OPEN_ROUTES: allowed})))

    def test_all_is_well(self):
        self.assertEqual([], self.found(
            "anna GET /api/v1/me\n"
            "anna DELETE /api/v1/companies/$id\nanna GET /api/v1/companies?q=x\n"
            "nobody POST /api/v1/sign-in\n"))

    def test_the_special_route_does_not_cover_the_general_one(self):
        self.assertIn(
            "GET /api/v1/{type}: no scenario calls it", self.found("anna GET /api/v1/me\n"))

    def test_no_right_and_open_routes(self):
        found = self.found("anna GET /api/x\n", '{Method::get, "/api/x", to(&f)},\n')
        self.assertTrue(any("no right" in text for text in found))
        self.assertTrue(any("is no open route" in text for text in found))
        found = self.found("", '{Method::get, "/y", Right::anyone(), f},', "")
        self.assertTrue(any("open to anyone" in text for text in found))


class Words(Rules):
    def po(self, **texts):
        return 'msgid ""\nmsgstr ""\n\n' + "".join(f'msgid "{k}"\nmsgstr "{v}"\n\n'
                                                   for k, v in texts.items())

    def test_complete_catalogs(self):
        files = {f"web/src/locales/{language}.po": self.po(Save="x", Open="y")
                 for language in ("da", "en", "nb", "sv", "de")}
        self.assertEqual([], list(words.check_translations(self.tree_of(files))))
        files["web/src/locales/da.po"] = self.po(Save="", Open="y")
        del files["web/src/locales/sv.po"]
        found = " ".join(self.texts(words.check_translations(self.tree_of(files))))
        self.assertIn("1 not translated: 'Save'", found)
        self.assertIn("no catalog for sv", found)

    def test_json_catalogs_in_folders(self):
        files = {f"web/src/locales/{language}/m.json": '{"a": {"b": "x", "c": "y"}}'
                 for language in ("da", "en", "nb", "sv", "de")}
        self.assertEqual([], list(words.check_translations(self.tree_of(files))))
        files["web/src/locales/en/m.json"] = '{"a": {"b": "x"}}'
        self.assertIn("a.c", self.texts(words.check_translations(self.tree_of(files)))[0])

    def test_dependencies(self):
        files = {"bin/lib/setup.sh": "packages_build=(g++ cmake\n  ninja-build)\n",
                 "web/package.json": '{"dependencies": {"react": "19"}}',
                 "docs/dependencies.md": "| `g++` | compiles |\n| `cmake`, `old` | builds |\n"}
        found = " ".join(self.texts(words.check_dependencies(self.tree_of(files))))
        self.assertIn("ninja-build has no reason", found)
        self.assertIn("react has no reason", found)
        self.assertIn("old is named", found)
        self.assertNotIn("g++ has", found)


def run(arguments):
    report = arguments[arguments.index("--report") + 1] if "--report" in arguments else None
    result = unittest.TextTestRunner(verbosity=1).run(
        unittest.defaultTestLoader.loadTestsFromModule(sys.modules["__main__"]))
    failed = len(result.failures) + len(result.errors)
    passed = result.testsRun - failed
    print(f"tidy's own tests: {passed} passed, {failed} failed")
    if report:
        Path(report).write_text(json.dumps({"passed": passed, "failed": failed}))
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(run(sys.argv[1:]))
