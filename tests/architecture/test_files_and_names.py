"""House rules: one subject a file, no catch-all names, no registry host in a committed file, words in two languages."""

import re
import subprocess

from dayu.law.refusals import wordings
from tests.architecture.sources import PACKAGE, ROOT, modules, name

CATCH_ALL = {"utils", "util", "helpers", "helper", "common", "misc", "manager", "managers"}
LONGEST = 800


def committed() -> list[str]:
    run = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    return [f for f in run.stdout.split("\0") if f and (ROOT / f).is_file()]


def catch_all(path_parts: tuple[str, ...]) -> bool:
    return any(part.removesuffix(".py") in CATCH_ALL for part in path_parts)


def test_no_file_is_longer_than_an_answer():
    long = [(name(p), n) for p, _tree in modules() if (n := p.read_text("utf-8").count("\n")) > LONGEST]
    assert long == []


def test_no_file_or_folder_has_a_catch_all_name():
    assert [name(p) for p, _ in modules(with_tests=True) if catch_all(p.relative_to(PACKAGE).parts)] == []
    assert catch_all(("cases", "utils.py")) and not catch_all(("cases", "models.py"))


def registry_hosts(text: str) -> list[str]:
    """Hosts of package registries; put together here so that this file does not name one."""
    hosts = [".".join(h) for h in (("pypi", "org"), ("files", "pythonhosted", "org"), ("registry", "npmjs", "org"))]
    return [h for h in hosts if h in text]


def test_no_committed_file_names_a_package_registry():
    found = []
    for file in committed():
        try:
            text = (ROOT / file).read_text("utf-8")
        except UnicodeDecodeError:
            continue
        found += [(file, host) for host in registry_hosts(text)]
    assert found == []
    assert registry_hosts("https://files." + "pythonhosted.org/x")


def test_every_refusal_has_words_in_both_languages():
    parameter = re.compile(r"{(\w+)}")
    for rule, words in wordings().items():
        assert set(parameter.findall(words["en"])) <= {f"{p}{s}" for p in parameter.findall(words["zh"]) for s in ("", "_en")}, rule
        assert bool(words.get("fix_zh")) == bool(words.get("fix_en")), rule


def used_rules(text: str) -> set[str]:
    """Rule ids that code names in refuse(…) and refuse_now(…)."""
    return set(re.findall(r"""(?:refuse|refuse_now|Refusal)\(\s*["']([a-z_]+\.[a-z_]+)["']""", text))


def test_every_refusal_that_code_names_has_words():
    used = set().union(*(used_rules(p.read_text("utf-8")) for p, _tree in modules()))
    assert used and used <= set(wordings())
    assert used_rules('refuse_now("core.not_permitted", x)') == {"core.not_permitted"}
