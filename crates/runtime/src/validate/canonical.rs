//! One text for equal JSON values, so that they can be compared and hashed.

use crate::json::number::compare;
use crate::json::{JsonType, Reader, Stop, writer};
use std::borrow::Cow;

/// A text that two values have in common exactly if they are equal as JSON Schema has it (draft-07
/// Core §4.2.3): numbers by value, objects whatever the order of their members.
///
/// `None` where no value can be read. Takes time in proportion to the value and its depth.
pub(super) fn text(reader: &mut Reader<'_>) -> Option<String> {
    let mut out = String::new();
    value(reader, &mut out).ok()?;
    Some(out)
}

fn value(reader: &mut Reader<'_>, out: &mut String) -> Result<(), Stop> {
    match reader.peek()? {
        JsonType::Null => {
            reader.null()?;
            out.push_str("null");
        }
        JsonType::Boolean => out.push_str(if reader.boolean()? { "true" } else { "false" }),
        JsonType::Number => compare::canonical(reader.number()?, out),
        JsonType::String => writer::string(&reader.string()?, out),
        JsonType::Array => {
            reader.begin_array()?;
            let mut first = true;
            out.push('[');
            while reader.next_item(&mut first)? {
                value(reader, out)?;
                out.push(',');
            }
            out.push(']');
        }
        JsonType::Object => {
            reader.begin_object()?;
            let (mut first, mut members) = (true, Vec::<(Cow<'_, str>, String)>::new());
            while let Some(key) = reader.next_key(&mut first)? {
                let mut member = String::new();
                value(reader, &mut member)?;
                members.push((key, member));
            }
            members.sort();
            out.push('{');
            for (key, member) in members {
                writer::string(&key, out);
                out.push(':');
                out.push_str(&member);
                out.push(',');
            }
            out.push('}');
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::text;
    use crate::json::Reader;

    fn canonical(json: &str) -> String {
        text(&mut Reader::new(json)).expect("the text is JSON")
    }

    #[test]
    fn only_equal_values_share_a_canonical_text() {
        for (left, right) in [
            ("1", "1.0"),
            ("100", "1e2"),
            ("-0.0", "0"),
            ("0.5", "5E-1"),
            (r#""a""#, r#""\u0061""#),
            (r#"{"a":1,"b":[2,{}]}"#, r#" { "b" : [2.0, {}], "\u0061" : 1 }"#),
        ] {
            assert_eq!(canonical(left), canonical(right), "{left} {right}");
        }
        for (left, right) in [
            ("1", "true"),
            ("0", "false"),
            ("0", "null"),
            ("1", "-1"),
            ("1", "10"),
            ("1", r#""1""#),
            ("[]", "{}"),
            ("[1,2]", "[2,1]"),
            ("[[1],2]", "[[1,2]]"),
            ("[12]", "[1,2]"),
            (r#"{"a":1}"#, r#"{"a":1,"b":1}"#),
            (r#"{"a":"1,b:2"}"#, r#"{"a":"1","b":"2"}"#),
        ] {
            assert_ne!(canonical(left), canonical(right), "{left} {right}");
        }
        assert_eq!(text(&mut Reader::new("[1,")), None);
    }
}
