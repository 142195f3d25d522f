use super::Walk;
use crate::validate::schema::{Assertion, Pattern, Representation, Schema, Types};
use std::fmt::Write;

macro_rules! schema {
    ($($assertion:expr),* $(,)?) => {
        const { &Schema { has_keywords: true, pointer: "", assertions: &[$($assertion),*] } }
    };
}

static INTEGER: &Schema = schema![Assertion::Types(Types(Types::INTEGER))];
static STRING: &Schema = schema![Assertion::Types(Types(Types::STRING))];
static NEVER: &Schema = schema![Assertion::Never];
static ANY: &Schema = schema![];
static A: &Schema = schema![Assertion::Required(&["a"])];
static B: &Schema = schema![Assertion::Required(&["b"])];

fn violations(text: &str, schema: &'static Schema) -> Vec<String> {
    let (found, omitted) = Walk::new(text, 128, 100).run(schema);
    assert_eq!(omitted, 0);
    found.iter().map(ToString::to_string).collect()
}

fn check(schema: &'static Schema, cases: &[(&str, &[&str])]) {
    for (text, expected) in cases {
        assert_eq!(violations(text, schema), *expected, "{text}");
    }
}

#[test]
fn violations_of_not_omit_the_value() {
    check(
        schema![Assertion::Not(STRING)],
        &[("1", &[]), (r#""secret""#, &["(root): fits the schema that it must not fit (not)"])],
    );
}

#[test]
fn a_condition_decides_what_else_holds() {
    check(
        schema![Assertion::If { condition: INTEGER, then: Some(NEVER), otherwise: Some(STRING) }],
        &[
            (r#""a""#, &[]),
            ("1", &["(root): no value is allowed here (false)"]),
            ("[]", &["(root): expected a string, found an array (type)"]),
        ],
    );
}

#[test]
fn dependencies_name_the_missing_and_present_property() {
    check(
        schema![
            Assertion::Dependencies(&[("a", &["b"])]),
            Assertion::DependentRequired(&[("c", &["d"])]),
            Assertion::DependentSchemas(&[("e", B)]),
        ],
        &[
            (r#"{"b":1,"d":1}"#, &[]),
            (r#"{"a":1}"#, &[r#"(root): missing property "b" beside "a" (dependencies)"#]),
            (r#"{"c":1}"#, &[r#"(root): missing property "d" beside "c" (dependentRequired)"#]),
            (r#"{"e":1}"#, &[r#"(root): missing property "b" (required)"#]),
            (r#"["a"]"#, &[]),
        ],
    );
}

#[test]
fn items_are_counted_compared_and_placed() {
    check(
        schema![
            Assertion::PrefixItems(&[STRING]),
            Assertion::Items(INTEGER),
            Assertion::UniqueItems,
            Assertion::Contains { schema: INTEGER, min: None, max: Some(2), evaluates: false },
        ],
        &[
            (r#"["a",1]"#, &[]),
            ("[]", &["(root): no item of the kind that must be there (contains)"]),
            (
                "[1,1.0,2]",
                &[
                    "/0: expected a string, found a number (type)",
                    "(root): items 0 and 1 are equal (uniqueItems)",
                    "(root): more than 2 items of the kind that may be there (maxContains)",
                ],
            ),
            (r#"["a",1,"b"]"#, &["/2: expected an integer, found a string (type)"]),
        ],
    );
    check(
        schema![Assertion::Contains { schema: INTEGER, min: Some(2), max: None, evaluates: false }],
        &[
            ("[1,2]", &[]),
            ("[1]", &["(root): fewer than 2 items of the kind that must be there (minContains)"]),
        ],
    );
}

#[test]
fn names_of_properties_are_strings_with_a_schema() {
    static PATTERN: Pattern = Pattern { text: "^x", matches: |text| Some(text.starts_with('x')) };
    check(
        schema![Assertion::PropertyNames(schema![Assertion::MaxLength(2)])],
        &[
            (r#"{"ab":1}"#, &[]),
            (r#"{"abc":1}"#, &[r#"(root): no property may be called "abc" (propertyNames)"#]),
        ],
    );
    check(
        schema![
            Assertion::Properties(&[("a", INTEGER)]),
            Assertion::PatternProperties(&[(PATTERN, STRING)]),
            Assertion::AdditionalProperties(NEVER),
        ],
        &[
            (r#"{"a":1,"xa":"t"}"#, &[]),
            (r#"{"xa":1}"#, &["/xa: expected a string, found a number (type)"]),
            (r#"{"b":1}"#, &[r#"(root): unknown property "b" (additionalProperties)"#]),
        ],
    );
}

#[test]
fn only_what_holds_in_place_counts_as_evaluated() {
    static OPEN_A: &Schema =
        schema![Assertion::Required(&["a"]), Assertion::Properties(&[("a", ANY)])];
    static OPEN_B: &Schema =
        schema![Assertion::Required(&["b"]), Assertion::Properties(&[("b", ANY)])];
    check(
        schema![
            Assertion::AnyOf(&[OPEN_A, OPEN_B]),
            Assertion::Not(schema![Assertion::Not(schema![Assertion::Properties(&[("c", ANY)])])]),
            Assertion::UnevaluatedProperties(NEVER),
        ],
        &[
            (r#"{"a":1,"b":2}"#, &[]),
            (r#"{"a":1,"c":2}"#, &[r#"(root): unknown property "c" (unevaluatedProperties)"#]),
        ],
    );
    check(
        schema![
            Assertion::PrefixItems(&[ANY]),
            Assertion::Contains { schema: STRING, min: Some(0), max: None, evaluates: true },
            Assertion::UnevaluatedItems(NEVER),
        ],
        &[(r#"[1,"a"]"#, &[]), (r#"[1,"a",2]"#, &["/2: unknown item (unevaluatedItems)"])],
    );
}

#[test]
fn options_with_parts_are_compared_by_value() {
    check(
        schema![Assertion::Enum(&[r#"{"a":[1],"b":null}"#, "2"])],
        &[
            (r#"{"b":null,"a":[1.0]}"#, &[]),
            ("2.0", &[]),
            ("[2]", &[r#"(root): not one of {"a":[1],"b":null}, 2 (enum)"#]),
        ],
    );
}

#[test]
fn multiples_are_recognised() {
    check(
        schema![Assertion::MultipleOf("0.01")],
        &[
            ("19.99", &[]),
            ("1e300", &[]),
            ("0.005", &["(root): not a multiple of 0.01 (multipleOf)"]),
        ],
    );
}

/// To a schema that only asks, an integer is an integer whatever type would hold it.
#[test]
fn contract_rules_apply_beyond_the_type_range() {
    static HELD: &Schema = schema![
        Assertion::Types(Types(Types::INTEGER)),
        Assertion::Representation(Representation::Integer64),
    ];
    let range = "(root): beyond a 64-bit integer (range)";
    check(HELD, &[("99999999999999999999", &[range])]);
    check(schema![Assertion::Not(schema![Assertion::Not(HELD)])], &[("99999999999999999999", &[])]);
    check(
        schema![Assertion::OneOf(&[HELD, schema![Assertion::Minimum("5")]])],
        &[
            ("99999999999999999999", &["(root): fits 2 branches instead of one (oneOf)"]),
            ("-99999999999999999999", &[range]),
            ("7.5", &[]),
        ],
    );
}

/// Each keyword that asks about the value as a whole, on every level at once.
#[test]
fn the_walk_is_linear_in_the_message() {
    static FORBIDDEN: &Schema = schema![Assertion::Required(&["forbidden"])];
    static NODE: Schema = Schema {
        has_keywords: true,
        pointer: "",
        assertions: &[
            Assertion::Properties(&[("next", &NODE), ("list", LIST)]),
            Assertion::AnyOf(&[A, B, &NEXT]),
            Assertion::Not(FORBIDDEN),
            Assertion::If { condition: A, then: Some(&NEXT), otherwise: None },
            Assertion::DependentSchemas(&[("next", A)]),
            Assertion::UnevaluatedProperties(ANY),
        ],
    };
    static NEXT: Schema = Schema {
        has_keywords: true,
        pointer: "",
        assertions: &[Assertion::Properties(&[("next", &NODE)])],
    };
    static LIST: &Schema = schema![
        Assertion::UniqueItems,
        Assertion::Contains { schema: INTEGER, min: None, max: None, evaluates: true },
        Assertion::UnevaluatedItems(ANY),
    ];
    let message = |items: usize| {
        let mut list = String::new();
        for item in 0..items {
            let _ = write!(list, "{}{item}", if item == 0 { "" } else { "," });
        }
        let mut message = "{}".to_owned();
        for _ in 0..60 {
            message = format!(r#"{{"a":1,"list":[{list}],"next":{message}}}"#);
        }
        message
    };
    let time = |text: &str| {
        let start = std::time::Instant::now();
        assert_eq!(violations(text, &NODE), [] as [&str; 0]);
        start.elapsed()
    };
    let (small, large) = (message(20), message(200));
    let ratio = large.len() as f64 / small.len() as f64;
    time(&small);
    let (small, large) = (time(&small), time(&large));
    // Quadratic, it would be a hundred times as long.
    assert!(large < small.mul_f64(ratio * 5.0), "{small:?} {large:?}");
}

/// An object that requires these properties, each with a schema.
macro_rules! object {
    ($($key:literal: $schema:expr),*) => {
        schema![Assertion::Required(&[$($key),*]), Assertion::Properties(&[$(($key, $schema)),*])]
    };
}

static OPENED: &Schema = object!["action": schema![Assertion::Const(r#""opened""#)], "id": INTEGER];
static CLOSED: &Schema =
    object!["action": schema![Assertion::Enum(&[r#""closed""#, r#""shut""#])], "id": INTEGER];

#[test]
fn the_nearest_branch_of_a_union_is_reported() {
    check(
        schema![Assertion::OneOf(&[
            object!["x": INTEGER],
            schema![Assertion::OneOf(&[OPENED, CLOSED])],
        ])],
        &[
            (
                r#"{"action":"opened","id":"x"}"#,
                &[
                    "(root): fits no branch (oneOf)",
                    "/id: expected an integer, found a string (type)",
                ],
            ),
            (
                r#"{"x":"1"}"#,
                &[
                    "(root): fits no branch (oneOf)",
                    "/x: expected an integer, found a string (type)",
                ],
            ),
        ],
    );
    // Equally deep: the fewest violations, then the first branch.
    check(
        schema![Assertion::AnyOf(&[
            object!["a": INTEGER, "b": INTEGER, "c": INTEGER],
            object!["d": INTEGER],
            object!["e": INTEGER],
        ])],
        &[(
            "{}",
            &["(root): fits no branch (anyOf)", r#"(root): missing property "d" (required)"#],
        )],
    );
}

#[test]
fn an_unknown_discriminator_lists_the_known_values() {
    check(
        schema![Assertion::AnyOf(&[OPENED, CLOSED, STRING])],
        &[
            (
                r#"{"action":"lost","id":1}"#,
                &[
                    "(root): fits no branch (anyOf)",
                    r#"/action: not one of "opened", "closed", "shut" (discriminator)"#,
                ],
            ),
            (
                r#"{"id":"x"}"#,
                &[
                    "(root): fits no branch (anyOf)",
                    r#"(root): missing property "action" (required)"#,
                ],
            ),
            (r#"{"action":"shut"}"#, &[r#"(root): missing property "id" (required)"#]),
        ],
    );
}

/// Each level has two branches that fail below; tried in turn they would be walked 2⁶⁰ times.
#[test]
fn nested_unions_are_explained_in_linear_time() {
    static NODE: Schema = Schema {
        has_keywords: true,
        pointer: "",
        assertions: &[
            Assertion::AnyOf(&[&LEFT, &RIGHT]),
            Assertion::OneOf(&[&RIGHT, &LEFT, &EITHER]),
        ],
    };
    static EITHER: Schema = Schema {
        has_keywords: true,
        pointer: "",
        assertions: &[Assertion::AnyOf(&[&LEFT, &RIGHT])],
    };
    static LEFT: Schema = Schema {
        has_keywords: true,
        pointer: "",
        assertions: &[Assertion::Required(&["next"]), Assertion::Properties(&[("next", &NODE)])],
    };
    static RIGHT: Schema = Schema {
        has_keywords: true,
        pointer: "",
        assertions: &[Assertion::Required(&["next"]), Assertion::AdditionalProperties(&NODE)],
    };
    let mut message = "1".to_owned();
    for _ in 0..60 {
        message = format!(r#"{{"next":{message}}}"#);
    }
    let message = message.replace('1', "{}");
    let (found, omitted) = Walk::new(&message, 128, 100_000).run(&NODE);
    let last = found.last().map(ToString::to_string);
    assert_eq!(omitted, 0);
    assert!(found.len() <= 60 * 4 + 8, "{}", found.len());
    assert!(last.is_some_and(|last| last.starts_with("/next/next")));
    // The deepest place is reached although the pointers of 60 levels are long.
    assert!(found.iter().any(|violation| violation.instance_pointer().len() == 60 * 5));
}

/// A text of `?` stands for one that takes too many steps.
#[test]
fn an_undecided_pattern_rejects_under_any_keyword() {
    static PATTERN: Pattern =
        Pattern { text: "(?=x)", matches: |text| (text != "?").then(|| text.starts_with('x')) };
    static MATCHING: &Schema = schema![Assertion::Pattern(PATTERN)];
    let undecided = r#"(root): too many steps to match "(?=x)" (undecided)"#;
    check(
        MATCHING,
        &[
            (r#""x""#, &[]),
            (r#""?""#, &[undecided]),
            (r#""y""#, &[r#"(root): does not match "(?=x)" (pattern)"#]),
        ],
    );
    check(schema![Assertion::Not(MATCHING)], &[(r#""y""#, &[]), (r#""?""#, &[undecided])]);
    check(
        schema![Assertion::Not(schema![Assertion::ContentSchema(MATCHING)])],
        &[(r#""\"?\"""#, &[undecided])],
    );
    check(
        schema![Assertion::Not(schema![Assertion::Items(schema![Assertion::Properties(&[(
            "a", MATCHING
        )])])])],
        &[(r#"[{"a":"?"}]"#, &[undecided])],
    );
    check(schema![Assertion::AnyOf(&[MATCHING, ANY])], &[(r#""?""#, &[undecided])]);
    check(schema![Assertion::PropertyNames(MATCHING)], &[(r#"{"?":1}"#, &[undecided])]);
    check(
        schema![Assertion::PatternProperties(&[(PATTERN, NEVER)])],
        &[(r#"{"y":1}"#, &[]), (r#"{"?":1}"#, &[undecided])],
    );
}
