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
fn scalars_are_those_of_the_core_schema() {
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
fn mappings_keep_their_order_and_keys_are_texts() {
    assert_eq!(
        json("b: 1\na: {200: x, true: y}\n? c\n: []\n"),
        r#"{"b":1,"a":{"200":"x","true":"y"},"c":[]}"#
    );
    assert_eq!(json("---\n# nothing else\n{}\n...\n"), "{}");
}

#[test]
fn an_alias_is_what_it_stands_for() {
    assert_eq!(
        json("a: &x {b: [1]}\nc: *x\nd: [*x, *x]\n"),
        r#"{"a":{"b":[1]},"c":{"b":[1]},"d":[{"b":[1]},{"b":[1]}]}"#
    );
}

#[test]
fn what_json_has_no_place_for_is_refused_where_it_stands() {
    for (yaml, at, found) in [
        ("a: 1\nb: 2\na: 3\n", (3, 1), "the key \"a\" for a second time"),
        ("a: .inf\n", (1, 4), "the number .inf, which JSON cannot hold"),
        ("a: 1e999\n", (1, 4), "the number 1e999, which is too large"),
        ("a:\n  <<: {}\n", (2, 3), "a merge key, which YAML 1.2 does not have"),
        ("a: !mine b\n", (1, 4), "the tag \"!mine\", which no value of JSON has"),
        ("a: !!int b\n", (1, 4), "\"b\", which is no int"),
        ("a\n---\nb\n", (2, 1), "a second document"),
        ("{[1]: 2}", (1, 2), "a key that is no scalar"),
        ("&a [*a]", (1, 5), "an alias inside of what it stands for"),
        ("a: &x b\n*x : c\n", (2, 1), "an alias for a key"),
        ("", (1, 1), "a text without a document"),
    ] {
        let fault = fault(yaml);
        assert_eq!((fault.line, fault.column, fault.found.as_str()), (at.0, at.1, found), "{yaml}");
    }
    for yaml in ["a: [", "a: *nowhere", "a: b: c", "'", "%YAML 9.9\n"] {
        let found = fault(yaml).found;
        assert!(found.starts_with("text that cannot be read as YAML"), "{yaml}: {found}");
    }
}

#[test]
fn neither_depth_nor_aliases_take_more_than_the_text_allows() {
    assert!(parse(&format!("{}{}", "[".repeat(128), "]".repeat(128))).is_ok());
    for deep in ["[".repeat(1000), "- ".repeat(1000), "{a: ".repeat(1000)] {
        assert!(
            fault(&deep).found.contains("128 levels")
                || fault(&deep).found.contains("read as YAML")
        );
    }
    // Each level is ten times the one before.
    let mut bomb = "a0: &a0 [lol, lol]\n".to_owned();
    for level in 1..12 {
        let before = format!("*a{}, ", level - 1).repeat(10);
        bomb.push_str(&format!("a{level}: &a{level} [{before}]\n"));
    }
    assert_eq!(fault(&bomb).found, "aliases that make the text many times as large");
    // Each level is one deeper than the one before.
    let mut tower = "a0: &a0 []\n".to_owned();
    for level in 1..200 {
        tower.push_str(&format!("a{level}: &a{level} [*a{}]\n", level - 1));
    }
    assert_eq!(fault(&tower).found, "more than 128 levels");
}

#[test]
fn a_pointer_leads_to_its_line_and_column() {
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
    fn any_text_is_read_or_refused_with_a_place(
        text in "([a\\-?:,\\[\\]{}#&*!|>'\"%@` \n\t0.e~<=]|key: |- |\\*x|&x |---\n|!!int |[^\u{0}]){0,60}",
    ) {
        match parse(&text) {
            Ok(tree) => {
                // What is read is JSON, and every place in it can be found again.
                prop_assert_eq!(&Tree::parse(&tree.to_string()).unwrap(), &tree);
                prop_assert!(locate(&text, "").is_some());
            }
            Err(fault) => prop_assert!(fault.line > 0 && fault.column > 0 && !fault.found.is_empty()),
        }
    }
}
