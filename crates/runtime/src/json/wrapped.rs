//! A field that is an Avro union of null and one other branch (Avro specification, “JSON Encoding”):
//! `null`, or an object with one member, named by the branch.

use super::{Decode, Encode, Kind, ObjectWriter, Reader, Stop};

/// Decodes the value of a known property; a second one is a duplicate.
pub fn fill_wrapped<T: Decode>(
    slot: &mut Option<Option<T>>,
    reader: &mut Reader<'_>,
    branch: &str,
) -> Result<(), Stop> {
    if slot.is_some() {
        return Err(Stop::Duplicate);
    }
    if reader.peek()? == Kind::Null {
        reader.null()?;
        *slot = Some(None);
        return Ok(());
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
    *slot = Some(Some(value));
    Ok(())
}

/// Writes the value of such a field. The name of the branch comes with quotes and colon,
/// `"\"string\":"`.
#[derive(Debug)]
pub struct Wrapped<'a, T>(pub &'static str, pub &'a Option<T>);

impl<T: Encode> Encode for Wrapped<'_, T> {
    fn encode(&self, out: &mut String) {
        let Self(branch, value) = self;
        match value {
            None => out.push_str("null"),
            Some(value) => {
                let mut object = ObjectWriter::new(out);
                object.member(branch, value);
                object.end();
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::json::Syntax;

    fn read(text: &str) -> Result<Option<i32>, Stop> {
        let (mut slot, mut reader) = (None, Reader::new(text));
        fill_wrapped(&mut slot, &mut reader, "int")?;
        reader.end()?;
        assert_eq!(fill_wrapped(&mut slot, &mut reader, "int"), Err(Stop::Duplicate));
        Ok(slot.flatten())
    }

    #[test]
    fn a_value_is_wrapped_in_the_name_of_its_branch_and_null_is_not() {
        for (text, value) in [("null", None), (r#"{"int":5}"#, Some(5))] {
            assert_eq!(read(text), Ok(value));
            let mut written = String::new();
            Wrapped(r#""int":"#, &value).encode(&mut written);
            assert_eq!(written, text);
        }
        assert_eq!(read(r#" { "int" : 5 } "#), Ok(Some(5)));
    }

    #[test]
    fn anything_else_is_no_value_of_the_union() {
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
