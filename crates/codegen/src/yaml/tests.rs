use super::{Fault, locate, parse};
use crate::tree::Tree;
use proptest::prelude::*;

fn json(yaml: &str) -> String {
    parse(yaml).unwrap_or_else(|fault| panic!("{fault:?}\n{yaml}")).to_string()
}

fn fault(yaml: &str) -> Fault {
    parse(yaml).map(|tree: Tree| tree.to_string()).expect_err(yaml)
}

#[test]
fn scalars_follow_the_core_schema() {
    for (yaml, value) in [
        ("[null, ~, Null, ]", "[null,null,null]"),
        ("[true, False, yes, no, on]", "[true,false,\"yes\",\"no\",\"on\"]"),
        ("[1, -2, +3, 007, 0o17, 0xfF]", "[1,-2,3,7,15,255]"),
        (
            "[1.50, .5, 1., -1e3, +1.E-2, 9007199254740993.0]",
            "[1.50,0.5,1,-1e3,1e-2,9007199254740993.0]",
        ),
        (
            "['1', \"true\", !!str 1, ! 2, 1_000, 0x, 1e, ., -x, 1.2.3]",
            "[\"1\",\"true\",\"1\",\"2\",\"1_000\",\"0x\",\"1e\",\".\",\"-x\",\"1.2.3\"]",
        ),
        ("[!!int 1, !!float 1, !!null , !!bool true]", "[1,1,null,true]"),
        ("2020-01-01", "\"2020-01-01\""),
        ("a: |\n  b\n  c\nd: >-\n  e\n  f\n", "{\"a\":\"b\\nc\\n\",\"d\":\"e f\"}"),
        ("123456789012345678901234567890", "123456789012345678901234567890"),
    ] {
        assert_eq!(json(yaml), value, "{yaml}");
    }
}

#[test]
fn mappings_keep_order_and_keys_are_strings() {
    assert_eq!(
        json("b: 1\na: {200: x, true: y}\n? c\n: []\n"),
        r#"{"b":1,"a":{"200":"x","true":"y"},"c":[]}"#
    );
    assert_eq!(json("---\n# nothing else\n{}\n...\n"), "{}");
}

#[test]
fn aliases_expand_to_their_values() {
    assert_eq!(
        json("a: &x {b: [1]}\nc: *x\nd: [*x, *x]\n"),
        r#"{"a":{"b":[1]},"c":{"b":[1]},"d":[{"b":[1]},{"b":[1]}]}"#
    );
}

#[test]
fn yaml_without_json_counterpart_is_refused() {
    for (yaml, at, message) in [
        ("a: 1\nb: 2\na: 3\n", (3, 1), "duplicate key \"a\""),
        ("a: .inf\n", (1, 4), "JSON cannot represent the number .inf"),
        ("a: 1e999\n", (1, 4), "the number 1e999 is too large"),
        ("a:\n  <<: {}\n", (2, 3), "YAML 1.2 has no merge keys"),
        ("a: !mine b\n", (1, 4), "unsupported tag \"!mine\""),
        ("a: !!int b\n", (1, 4), "the tag `!!int` does not allow \"b\""),
        ("a\n---\nb\n", (2, 1), "the text contains several documents"),
        ("{[1]: 2}", (1, 2), "the key is not a scalar"),
        ("&a [*a]", (1, 5), "the alias refers to a value that contains it"),
        ("a: &x b\n*x : c\n", (2, 1), "the key is an alias"),
        ("", (1, 1), "the text contains no document"),
    ] {
        let fault = fault(yaml);
        let actual = (fault.line, fault.column, fault.message.as_str());
        assert_eq!(actual, (at.0, at.1, message), "{yaml}");
    }
    for yaml in ["a: [", "a: *nowhere", "a: b: c", "'", "%YAML 9.9\n"] {
        let message = fault(yaml).message;
        assert!(message.starts_with("invalid YAML: "), "{yaml}: {message}");
    }
}

#[test]
fn depth_and_alias_expansion_are_limited() {
    assert!(parse(&format!("{}{}", "[".repeat(128), "]".repeat(128))).is_ok());
    for deep in ["[".repeat(1000), "- ".repeat(1000), "{a: ".repeat(1000)] {
        assert!(
            fault(&deep).message.contains("128 levels")
                || fault(&deep).message.contains("invalid YAML")
        );
    }
    // Each level is ten times as large as the one before.
    let mut bomb = "a0: &a0 [lol, lol]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    assert_eq!(fault(&bomb).message, "aliases expand to a multiple of the text");
    // Each level is one deeper than the one before.
    let mut tower = "a0: &a0 []\n".to_owned();
    for level in 1..200 {
        tower.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_eq!(fault(&tower).message, "nesting is deeper than 128 levels");
}

#[test]
fn pointers_lead_to_line_and_column() {
    let yaml = "a:\n  - b: 1\n    c/d: [x, yes]\n  - &e {f: long text}\ng: *e\n";
    for (pointer, place) in [
        ("/a/0/b", (2, 8, 1)),
        ("/a/0/c~1d", (3, 5, 3)),
        ("/a/0/c~1d/1", (3, 14, 3)),
        ("/a/1/f", (4, 12, 9)),
        ("/g", (5, 1, 1)),
        ("/g/f", (4, 12, 9)),
        ("/a/9", (1, 1, 1)),
        ("", (1, 1, 1)),
    ] {
        assert_eq!(locate(yaml, pointer), Some(place), "{pointer}");
    }
    assert_eq!(locate("[", ""), None);
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_parses_or_fails_with_a_place(
        text in "([a\\-?:,\\[\\]{}#&*!|>'\"%@` \n\t0.e~<=]|key: |- |\\*x|&x |---\n|!!int |[^\u{0}]){0,60}",
    ) {
        match parse(&text) {
            Ok(tree) => {
                // The tree can be written as JSON, and its root can be located.
                prop_assert_eq!(&Tree::parse(&tree.to_string()).unwrap(), &tree);
                prop_assert!(locate(&text, "").is_some());
            }
            Err(fault) => {
                prop_assert!(fault.line > 0 && fault.column > 0 && !fault.message.is_empty());
            }
        }
    }
}
