//! A field that is an Avro union of null and one other branch (Avro specification, “JSON Encoding”):
//! `null`, or an object with one member, named by the branch.

use super::{Decode, Encode, JsonType, Reader, Stop};

/// Reads a value of such a field.
pub(crate) fn decode<T: Decode>(reader: &mut Reader<'_>, branch: &str) -> Result<Option<T>, Stop> {
    if reader.peek()? == JsonType::Null {
        reader.null()?;
        return Ok(None);
    }
    reader.begin_object()?;
    let mut first = true;
    if reader.next_key(&mut first)?.as_deref() != Some(branch) {
        return Err(Stop::Mismatch);
    }
    let value = T::decode(reader)?;
    if reader.next_key(&mut first)?.is_some() {
        return Err(Stop::Mismatch);
    }
    Ok(Some(value))
}

/// Writes the value of such a field. The name of a branch needs no escapes.
#[derive(Debug)]
pub(crate) struct Wrapped<'a, T>(pub(crate) &'static str, pub(crate) &'a Option<T>);

impl<T: Encode> Encode for Wrapped<'_, T> {
    fn encode(&self, out: &mut String) {
        match self.1 {
            None => out.push_str("null"),
            Some(value) => branch(self.0, value, out),
        }
    }
}

/// Writes a value that is wrapped in the name of its branch.
pub(crate) fn branch<T: Encode + ?Sized>(name: &str, value: &T, out: &mut String) {
    out.push_str("{\"");
    out.push_str(name);
    out.push_str("\":");
    value.encode(out);
    out.push('}');
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Syntax;

    fn read(text: &str) -> Result<Option<i32>, Stop> {
        let mut reader = Reader::new(text);
        let value = decode(&mut reader, "int")?;
        reader.end()?;
        Ok(value)
    }

    #[test]
    fn branch_names_wrap_values_but_not_null() {
        for (text, value) in [("null", None), (r#"{"int":5}"#, Some(5))] {
            assert_eq!(read(text), Ok(value));
            let mut written = String::new();
            Wrapped("int", &value).encode(&mut written);
            assert_eq!(written, text);
        }
        assert_eq!(read(r#" { "int" : 5 } "#), Ok(Some(5)));
    }

    #[test]
    fn other_values_do_not_fit_the_union() {
        for text in [
            "5",
            "{}",
            "[]",
            r#"{"long":5}"#,
            r#"{"int":null}"#,
            r#"{"null":null}"#,
            r#"{"int":5,"int":5}"#,
            r#"{"int":5,"a":6}"#,
        ] {
            assert!(matches!(read(text), Err(Stop::Mismatch | Stop::Duplicate)), "{text}");
        }
        assert_eq!(read(r#"{"int":5"#), Err(Stop::Syntax(Syntax::UnexpectedEnd)));
    }
}
