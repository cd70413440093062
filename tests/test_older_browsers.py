"""What is served runs in engines of Chromium 86: its language read by a parser, its functions taken away in the browser."""

import json
import subprocess
from pathlib import Path

import pytest

from eldercare.web import front_end

HERE = Path(__file__).parent
# Parses each script as a module of ES2022 and names what of it Chromium 86 does not read.
READ = r"""
const acorn = require(process.argv[1]);
const lines = require('fs').readFileSync(0, 'utf8').split('\n').filter(Boolean).map(JSON.parse);
const NEWER = {StaticBlock: 'static block'};
for (const [name, script] of lines) {
  const found = new Set();
  const walk = (node, inside) => {
    if (!node || typeof node.type !== 'string') return;
    if (NEWER[node.type]) found.add(NEWER[node.type]);
    if (node.type === 'BinaryExpression' && node.left.type === 'PrivateIdentifier') found.add('#name in');
    if (node.type === 'Literal' && node.regex && /[dv]/.test(node.regex.flags)) found.add('flag of a regular expression');
    if ((node.type === 'AwaitExpression' || node.await) && !inside) found.add('await at the top');
    const within = inside || /Function/.test(node.type);
    for (const key in node) {
      const part = node[key];
      if (Array.isArray(part)) part.forEach(each => walk(each, within));
      else if (part && typeof part === 'object') walk(part, within);
    }
  };
  try { walk(acorn.parse(script, {ecmaVersion: 2022, sourceType: 'module'}), false); }
  catch (fault) { found.add(String(fault)); }
  if (found.size) console.log(name + ': ' + [...found].join(', '));
}
"""


def newer(scripts):
    """The findings over named scripts; the parser is acorn, run by the node that playwright brings."""
    import playwright

    node = Path(playwright.__file__).parent / "driver" / "node"
    lines = "\n".join(json.dumps([name, script]) for name, script in scripts)
    ended = subprocess.run(
        [str(node), "-e", READ, str(HERE / "browser" / "acorn" / "acorn.js")],
        input=lines,
        capture_output=True,
        encoding="utf-8",
        check=True,
    )
    return ended.stdout.splitlines()


@pytest.mark.slow
def test_every_script_is_in_the_language_of_chromium_86():
    files = sorted((front_end.BUNDLES / "static" / "js").glob("*.js"))
    assert len(files) > 100
    scripts = [(file.name, front_end.served(file, "").decode("utf-8")) for file in files]
    added = Path(front_end.__file__).with_name("older_browsers.js").read_text(encoding="utf-8")
    assert newer([*scripts, ("added", added)]) == []


def test_the_parser_finds_what_is_newer():
    """As Streamlit brings it, and each thing it does not bring."""
    told = newer(
        [
            ("block", "class A{static{this.b=1}}"),
            ("brand", "class A{#b;c(d){return #b in d}}"),
            ("wait", "await 1"),
            ("old", "class A{b=1;static c=a??=2;d(){return async()=>{await 1}}}"),
        ]
    )
    assert told == ["block: static block", "brand: #name in", "wait: await at the top"]


@pytest.mark.parametrize(
    "script,expected",
    [
        ("class A{static{this.b=1}}", "class A{static _=(()=>{this.b=1})();}"),
        (
            "class A{static{t(this,`}`)}c(){}}var d=class{static{this.e={f:1}}}",
            "class A{static _=(()=>{t(this,`}`)})();c(){}}var d=class{static _=(()=>{this.e={f:1}})();}",
        ),
        ("x={position:`static`};y.static={}", "x={position:`static`};y.static={}"),
    ],
)
def test_initialisers_of_classes_become_static_fields(script, expected):
    assert front_end.older_language(script) == expected
