"""The recipes of docs/cluster.md are of a form that the shell, Python and Kubernetes can read."""

from __future__ import annotations

import ast
import importlib
import re
import shutil
import subprocess
from pathlib import Path

import pytest
import typer
import yaml

from isnad.cli.main import app

PAGE = (Path(__file__).resolve().parents[2] / "docs/cluster.md").read_text(encoding="utf-8")


def blocks(language: str) -> list[str]:
    """Return the code blocks of a language."""
    return re.findall(rf"^```{language}\n(.*?)^```$", PAGE, re.M | re.S)


def test_the_batch_script_is_read_by_the_shell(tmp_path: Path) -> None:
    """`bash -n` finds no fault in the SLURM script; its directives stand before the first command."""
    bash = shutil.which("bash")
    if bash is None:
        pytest.skip("there is no bash on this machine")
    (script,) = blocks("bash")
    path = tmp_path / "job.sh"
    path.write_text(script)
    assert subprocess.run([bash, "-n", path], capture_output=True, text=True, check=False).stderr == ""
    lines = script.splitlines()
    directives = [n for n, line in enumerate(lines) if line.startswith("#SBATCH --")]
    first = next(n for n, line in enumerate(lines) if line and not line.startswith("#"))
    assert lines[0] == "#!/bin/bash"
    assert len(directives) >= 5
    assert max(directives) < first


def test_the_deployment_holds_what_kubernetes_asks_for() -> None:
    """Each document has its version, kind and name; labels match, and volumes that are mounted are declared."""
    (text,) = blocks("yaml")
    found = list(yaml.safe_load_all(text))
    assert [one["kind"] for one in found] == ["Service", "Deployment", "Deployment", "Job"]
    labels = set()
    for one in found:
        assert one["apiVersion"]
        assert one["metadata"]["name"]
        if one["kind"] == "Service":
            continue
        template = one["spec"]["template"]
        if one["kind"] == "Deployment":
            assert one["spec"]["selector"]["matchLabels"] == template["metadata"]["labels"]
            labels.add(template["metadata"]["labels"]["app"])
        declared = {volume["name"] for volume in template["spec"].get("volumes", ())}
        for container in template["spec"]["containers"]:
            assert {mount["name"] for mount in container.get("volumeMounts", ())} <= declared
            assert all(isinstance(word, str) for word in container["command"])
            assert container["resources"]["limits"]["memory"]
    service = found[0]
    assert service["spec"]["selector"]["app"] in labels
    assert f"tcp://{service['metadata']['name']}:8786" in text


def test_the_python_recipes_call_what_is_there() -> None:
    """They compile, and every name that they import from isnad exists."""
    found = blocks("python")
    assert len(found) == 2
    for block in found:
        for node in ast.walk(ast.parse(block)):
            if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("isnad"):
                module = importlib.import_module(node.module)
                assert all(hasattr(module, name.name) for name in node.names)


def test_the_options_of_the_page_exist() -> None:
    """`isnad code` has the options that the page and its recipes give it, and the names in the table exist."""
    command = typer.main.get_command(app).commands["code"]  # type: ignore[attr-defined]
    options = {name for parameter in command.params for name in parameter.opts}
    assert {"--cluster", "-o", "--to", "--workers", "--lexicon"} <= options
    for name in re.findall(r"`(isnad\.[a-z_.]+)[`(]", PAGE):
        module, _, attribute = name.rpartition(".")
        assert hasattr(importlib.import_module(module), attribute), name
