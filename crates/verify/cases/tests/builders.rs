//! Values that the setters of builders take, and what `build` says of them.

use events::Timestamp;
use events::chrono::NaiveDate;
use events::rust_decimal::Decimal;
use migration_events_cases::avro::{Defaults, Everything};
use migration_events_cases::json::OptionalAndNullable;

/// The pointers of the violations that a builder reports, but for members that are missing.
macro_rules! forbidden {
    ($builder:expr) => {{
        let invalid = $builder.build().unwrap_err();
        let of_values = invalid.violations().iter().filter(|of| of.kind().name() != "required");
        of_values.map(ToString::to_string).collect::<Vec<_>>()
    }};
}

#[test]
fn plain_values_become_the_types_of_fields() {
    let text = Some("2021-08-11T11:25:00.000Z");
    let builder = OptionalAndNullable::builder()
        .required_integer(7)
        .required_integer_or_null(7)
        .optional_integer(Some(7))
        .optional_integer_or_null(7)
        .required_number(7)
        .required_number_or_null("14.70")
        .optional_number(Some("14.70"))
        .optional_number_or_null(Decimal::new(1470, 2))
        .required_text("a")
        .required_text_or_null("a")
        .optional_text(text)
        .optional_text_or_null("a")
        .required_pattern("abc")
        .required_pattern_or_null(String::from("abc"))
        .optional_pattern(Some("abc"))
        .optional_pattern_or_null(String::from("abc"))
        .required_date("2020-02-29")
        .required_date_or_null(NaiveDate::default())
        .optional_date("2020-02-29")
        .required_instant("2021-08-11T11:25:00.000Z")
        .required_instant_or_null(text.map(|text| text.parse::<Timestamp>().unwrap()))
        .optional_instant(text)
        .required_id("6a2f41a3-c54c-fce8-32d2-0324e1c32e22")
        .required_id_or_null("6a2f41a3-c54c-fce8-32d2-0324e1c32e22")
        .required_values("a")
        .required_values_or_null("b")
        .optional_values(None::<&str>)
        .optional_values_or_null(None);
    assert_eq!(forbidden!(builder), [""; 0]);
}

#[test]
fn forbidden_values_are_reported_at_once() {
    let builder = OptionalAndNullable::builder()
        .required_pattern("xyz")
        .required_pattern_or_null("xyz")
        .optional_pattern(Some("xyz"))
        .optional_pattern_or_null("xyz")
        .required_number("14.70 EUR")
        .required_date("29.02.2020")
        .required_instant_or_null("noon")
        .optional_id("6a2f")
        .required_values(String::from("c"));
    assert_eq!(
        forbidden!(builder),
        [
            "/required_number: expected a number, found a string (type)",
            "/required_pattern: does not match \"[a-c]\" (pattern)",
            "/required_pattern_or_null: does not match \"[a-c]\" (pattern)",
            "/optional_pattern: does not match \"[a-c]\" (pattern)",
            "/optional_pattern_or_null: does not match \"[a-c]\" (pattern)",
            "/required_date: not an RFC 3339 date (format)",
            "/required_instant_or_null: not an RFC 3339 date-time (format)",
            "/optional_id: not a UUID (format)",
            "/required_values: not one of \"a\", \"b\" (enum)",
        ]
    );
}

#[test]
fn a_debugged_builder_hides_forbidden_text() {
    let builder = OptionalAndNullable::builder().required_pattern("SECRET");
    assert!(!format!("{builder:?}").contains("SECRET"));
}

#[test]
fn avro_fields_take_text_and_options() {
    let builder = Everything::builder()
        .r#enum("HEARTS")
        .null_first(Some("a"))
        .null_last("b")
        .uuid("6a2f41a3-c54c-fce8-32d2-0324e1c32e22");
    assert_eq!(forbidden!(builder), [""; 0]);
    let builder = Everything::builder().r#enum("CLUBS").uuid("6a2f");
    assert_eq!(
        forbidden!(builder),
        [
            r#"/enum: not one of "SPADES", "HEARTS", "Self", "type" (enum)"#,
            "/uuid: not a UUID (format)",
        ]
    );
    assert_eq!(
        Defaults::builder().id("d-1").text_or_null(None::<&str>).build().unwrap().text_or_null,
        None
    );
}
