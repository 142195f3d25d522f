use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::json::RawJson;

/// Where and why a whole text is refused.
fn refusal(text: &str) -> Option<(Stop, usize)> {
    RawJson::parse(text).err().map(|error| (error.kind, error.offset))
}

fn syntax(syntax: Syntax, position: usize) -> Option<(Stop, usize)> {
    Some((Stop::Syntax(syntax), position))
}

/// Text that is JSON more often than not, with white space, escapes and repeated keys.
fn almost_json() -> impl Strategy<Value = String> {
    let scalar = prop_oneof![
        Just("null".to_owned()),
        Just("true".to_owned()),
        Just("false".to_owned()),
        "-?(0|[1-9][0-9]{0,20})(\\.[0-9]{1,20})?([eE][+-]?[0-9]{1,2})?",
        "-?[0-9]{0,3}[.eE+-]?[0-9]{0,3}",
        "\"([ -~äß€😀]|\\\\[\"\\\\/bfnrtu]|\\\\u[0-9a-fD]{4}|\\\\ud83d\\\\ude0[0-9a-f])*\"",
    ];
    let space = "[ \t\r\n]{0,2}";
    scalar.prop_recursive(6, 64, 6, move |inner| {
        let array = prop::collection::vec((inner.clone(), space, space), 0..6);
        let key = prop_oneof!["\"[a-c]{0,2}\"", Just("\"\\u0061\"".to_owned())];
        let object = prop::collection::vec((key, inner, space, space), 0..6);
        prop_oneof![
            array.prop_map(|items| {
                let items: Vec<_> = items.iter().map(|(v, a, b)| format!("{a}{v}{b}")).collect();
                format!("[{}]", items.join(","))
            }),
            object.prop_map(|members| {
                let members: Vec<_> =
                    members.iter().map(|(k, v, a, b)| format!("{a}{k}{b}:{a}{v}{b}")).collect();
                format!("{{{}}}", members.join(","))
            }),
        ]
    })
}

/// A text with a few of its bytes changed, taken out or doubled.
fn mutated(text: impl Strategy<Value = String>) -> impl Strategy<Value = Vec<u8>> {
    let byte =
        prop_oneof![prop::sample::select(&b"{}[]:,\"\\ 0.eE-+tfnu\x00\x1f\xff"[..]), any::<u8>()];
    let changes = prop::collection::vec((any::<prop::sample::Index>(), 0..3, byte), 1..4);
    (text, changes).prop_map(|(text, changes)| {
        let mut bytes = text.into_bytes();
        for (index, kind, byte) in changes {
            let at = index.index(bytes.len() + 1);
            match kind {
                0 => bytes.insert(at, byte),
                1 if at < bytes.len() => bytes[at] = byte,
                _ if at < bytes.len() => drop(bytes.remove(at)),
                _ => {}
            }
        }
        bytes
    })
}

/// The verdict of `serde_json`, and of a search for repeated keys, on a text.
fn expected(bytes: &[u8]) -> Verdict {
    match serde_json::from_slice::<Unique>(bytes) {
        Ok(Unique(true)) => Verdict::Accepted,
        Ok(Unique(false)) => Verdict::Duplicate,
        Err(error) if error.to_string().starts_with("number out of range") => Verdict::OutOfRange,
        Err(_) => Verdict::Refused,
    }
}

#[derive(Debug, PartialEq)]
enum Verdict {
    Accepted,
    Duplicate,
    /// Legal JSON, but `serde_json` has no `f64` for a number in it.
    OutOfRange,
    Refused,
}

/// True if no object in a value repeats a key.
struct Unique(bool);

impl<'de> serde::Deserialize<'de> for Unique {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Visitor;

        impl<'de> serde::de::Visitor<'de> for Visitor {
            type Value = Unique;

            fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str("any value")
            }
            fn visit_unit<E>(self) -> Result<Unique, E> {
                Ok(Unique(true))
            }
            fn visit_bool<E>(self, _: bool) -> Result<Unique, E> {
                Ok(Unique(true))
            }
            fn visit_i64<E>(self, _: i64) -> Result<Unique, E> {
                Ok(Unique(true))
            }
            fn visit_u64<E>(self, _: u64) -> Result<Unique, E> {
                Ok(Unique(true))
            }
            fn visit_f64<E>(self, _: f64) -> Result<Unique, E> {
                Ok(Unique(true))
            }
            fn visit_str<E>(self, _: &str) -> Result<Unique, E> {
                Ok(Unique(true))
            }
            fn visit_seq<A: serde::de::SeqAccess<'de>>(
                self,
                mut items: A,
            ) -> Result<Unique, A::Error> {
                let mut unique = true;
                while let Some(Unique(inner)) = items.next_element()? {
                    unique &= inner;
                }
                Ok(Unique(unique))
            }
            fn visit_map<A: serde::de::MapAccess<'de>>(
                self,
                mut map: A,
            ) -> Result<Unique, A::Error> {
                let mut unique = true;
                let mut keys = std::collections::BTreeSet::<String>::new();
                while let Some((key, Unique(inner))) = map.next_entry()? {
                    unique &= inner & keys.insert(key);
                }
                Ok(Unique(unique))
            }
        }

        deserializer.deserialize_any(Visitor)
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn serde_json_agrees_on_what_is_json(text in almost_json()) {
        let ours = RawJson::parse(&text).map_err(|error| error.kind);
        match (expected(text.as_bytes()), ours) {
            (Verdict::Accepted, Ok(raw)) => {
                let read: Value = serde_json::from_str(raw.as_str()).unwrap();
                prop_assert_eq!(read, serde_json::from_str::<Value>(&text).unwrap());
            }
            (Verdict::Duplicate, Err(Stop::Duplicate)) | (Verdict::OutOfRange, _) => {}
            (Verdict::Refused, Err(_)) => {}
            (verdict, ours) => prop_assert!(false, "{:?} {:?}", verdict, ours),
        }
    }

    #[test]
    fn serde_json_agrees_on_damaged_text(bytes in mutated(almost_json())) {
        let Ok(text) = std::str::from_utf8(&bytes) else { return Ok(()) };
        match (expected(&bytes), refusal(text)) {
            (Verdict::Accepted, None) | (Verdict::OutOfRange, _) => {}
            (Verdict::Duplicate, Some((Stop::Duplicate, _))) => {}
            // Damage after a repeated key is not reached.
            (Verdict::Refused, Some((_, position))) => prop_assert!(position <= text.len()),
            (verdict, ours) => prop_assert!(false, "{:?} {:?}", verdict, ours),
        }
    }

    #[test]
    fn strings_are_those_of_serde_json(text in "\"([ -~äß€😀]|\\\\.|\\\\u[0-9a-fA-F]{4}|\\\\ud[89a-f]..){0,24}\"") {
        let ours = Reader::new(&text).string().map(Cow::into_owned);
        let ours = ours.ok().filter(|_| RawJson::parse(&text).is_ok());
        prop_assert_eq!(ours, serde_json::from_str::<String>(&text).ok());
    }

    #[test]
    fn any_text_stops_within_its_length(text: String) {
        if let Some((_, position)) = refusal(&text) {
            prop_assert!(position <= text.len());
        }
    }
}

#[test]
fn problems_are_named_and_placed() {
    use Syntax::*;
    for (text, kind, position) in [
        ("", UnexpectedEnd, 0),
        (" \t", UnexpectedEnd, 2),
        ("[1", UnexpectedEnd, 2),
        (r#"{"a""#, UnexpectedEnd, 4),
        (r#"{"a":"#, UnexpectedEnd, 5),
        (r#""abc"#, UnexpectedEnd, 4),
        (r#""\"#, UnexpectedEnd, 2),
        (r#""\u12"#, UnexpectedEnd, 5),
        (r#""\ud83d"#, UnexpectedEnd, 7),
        (r#""\ud83d\"#, UnexpectedEnd, 8),
        ("tru", UnexpectedEnd, 3),
        ("-", UnexpectedEnd, 1),
        ("1e", UnexpectedEnd, 2),
        ("]", UnexpectedCharacter, 0),
        ("+1", UnexpectedCharacter, 0),
        (".5", UnexpectedCharacter, 0),
        ("\u{feff}1", UnexpectedCharacter, 0),
        ("\u{a0}1", UnexpectedCharacter, 0),
        ("'a'", UnexpectedCharacter, 0),
        ("NaN", UnexpectedCharacter, 0),
        ("[,1]", UnexpectedCharacter, 1),
        ("[1,]", UnexpectedCharacter, 3),
        ("[1 2]", UnexpectedCharacter, 3),
        ("[1}", UnexpectedCharacter, 2),
        (r#"{,"a":1}"#, UnexpectedCharacter, 1),
        (r#"{"a":1,}"#, UnexpectedCharacter, 7),
        (r#"{"a" 1}"#, UnexpectedCharacter, 5),
        (r#"{"a":1 "b":2}"#, UnexpectedCharacter, 7),
        ("{1:2}", UnexpectedCharacter, 1),
        ("{a:2}", UnexpectedCharacter, 1),
        (r#""\x41""#, InvalidEscape, 1),
        (r#""a\u12g4""#, InvalidEscape, 2),
        (r#""\u+123""#, InvalidEscape, 1),
        (r#""\ud83d\n""#, LoneSurrogate, 1),
        (r#""\ud83d\ud83d""#, LoneSurrogate, 1),
        (r#""\ude00""#, LoneSurrogate, 1),
        (r#""\ud83d-""#, LoneSurrogate, 1),
        ("\"a\nb\"", ControlCharacter, 2),
        ("\"\\n\u{1f}\"", ControlCharacter, 3),
        ("01", InvalidNumber, 1),
        ("-01", InvalidNumber, 2),
        ("1.x", InvalidNumber, 2),
        ("-a", InvalidNumber, 1),
        ("1e+,", InvalidNumber, 3),
        ("trux", InvalidLiteral, 3),
        ("nul ", InvalidLiteral, 3),
        ("1 1", TrailingCharacters, 2),
        ("nullx", TrailingCharacters, 4),
        ("{}{}", TrailingCharacters, 2),
        ("\"a\"\0", TrailingCharacters, 3),
    ] {
        assert_eq!(refusal(text), syntax(kind, position), "{text:?}");
    }
}

#[test]
fn finds_controls_and_escapes_at_every_offset() {
    for before in 0..40 {
        let plain = "é".repeat(before / 2) + &"x".repeat(before % 2);
        for (special, kind) in [("\u{1}", Syntax::ControlCharacter), ("\\q", Syntax::InvalidEscape)]
        {
            let text = format!("\"{plain}{special}{plain}\"");
            assert_eq!(refusal(&text), syntax(kind, plain.len() + 1));
        }
        let text = format!("\"{plain}\\u00e9{plain}\\\\\"");
        assert_eq!(Reader::new(&text).string().unwrap(), format!("{plain}é{plain}\\"));
        let text = format!("\"{plain}\u{7f}\u{80}\u{20}!#[]\"");
        assert!(matches!(Reader::new(&text).string(), Ok(Cow::Borrowed(_))));
    }
}

#[test]
fn a_mismatch_reads_nothing() {
    let values = ["null", "true", "-1", "\"a\"", "[1]", "{\"a\":1}"];
    for (index, text) in values.into_iter().enumerate() {
        let padded = format!("\n {text}");
        let mut reader = Reader::new(&padded);
        let results = [
            reader.clone().null().err(),
            reader.clone().boolean().err(),
            reader.clone().number().err(),
            reader.clone().string().err(),
            reader.clone().begin_array().err(),
            reader.clone().begin_object().err(),
        ];
        for (method, result) in results.into_iter().enumerate() {
            assert_eq!(result, (method != index).then_some(Stop::Mismatch), "{text} {method}");
        }
        if index != 0 {
            assert_eq!(reader.null(), Err(Stop::Mismatch));
            assert_eq!(reader.position(), 2);
        }
        assert_eq!(reader.skip(), Ok(text));
        assert_eq!(reader.end(), Ok(()));
    }
    let mut reader = Reader::new(" ?");
    assert_eq!(reader.string(), Err(Stop::Syntax(Syntax::UnexpectedCharacter)));
    assert_eq!(reader.position(), 1);
}

#[test]
fn a_value_that_does_not_parse_is_unread() {
    let mut reader = Reader::new(r#" "a\u0062" 12 "#);
    assert_eq!(reader.string_as(|_| None::<()>), Err(Stop::Mismatch));
    assert_eq!(reader.position(), 1);
    assert_eq!(reader.string_as(|text| Some(text == "ab")), Ok(true));
    assert_eq!(reader.number_as(|_| None::<()>), Err(Stop::Mismatch));
    assert_eq!(reader.position(), 11);
    assert_eq!(reader.number_as(|text| text.parse().ok()), Ok(12));
    assert_eq!(reader.end(), Ok(()));
}

#[test]
fn the_depth_is_that_of_serde_json() {
    for (open, close) in [("[", "]"), ("{\"a\":", "}")] {
        for levels in [126, 127, 128, 129, 100_000] {
            let text = format!("{}1{}", open.repeat(levels), close.repeat(levels));
            let theirs = serde_json::from_str::<Value>(&text).is_ok();
            let refused = (!theirs).then_some((Stop::Depth, 127 * open.len()));
            assert_eq!(refusal(&text), refused, "{levels}");
        }
    }
    // Closing a container restores its level of depth.
    let wide = format!("[{}[]]", "[[]],".repeat(500));
    assert_eq!(Reader::with_depth(&wide, 3).skip(), Ok(&*wide));
    assert_eq!(Reader::with_depth(&wide, 2).skip(), Err(Stop::Depth));
    assert_eq!(Reader::with_depth("[]", 0).skip(), Err(Stop::Depth));
    // Without recursion no limit is needed to save the stack.
    let deep = "[".repeat(1_000_000) + &"]".repeat(1_000_000);
    assert_eq!(Reader::with_depth(&deep, usize::MAX).skip().map(str::len), Ok(deep.len()));
}

#[test]
fn finds_repeated_keys_at_any_depth_and_spelling() {
    for text in [
        r#"{"a":1,"a":1}"#,
        r#"{"a":1,"\u0061":1}"#,
        r#"{"":1,"":1}"#,
        r#"[{"x":{"b":1,"c":{"b":1},"b":1}}]"#,
        r#"{"a":{"b":1,"c":2},"b":1,"c":3,"a":4}"#,
        r#"{"😀":1,"\ud83d\ude00":1}"#,
    ] {
        assert_eq!(
            RawJson::parse(text).map_err(|error| error.kind),
            Err(Stop::Duplicate),
            "{text}"
        );
    }
    for text in [r#"{"a":{"a":{"a":1}}}"#, r#"[{"a":1},{"a":1}]"#, r#"{"a":1,"A":1,"a ":1}"#] {
        assert_eq!(RawJson::parse(text).map(|raw| raw.to_string()), Ok(text.to_owned()));
    }
    assert_eq!(refusal(r#"{"a":1,"a" : 2}"#), Some((Stop::Duplicate, 12)));
}

#[test]
fn many_keys_take_linear_time() {
    let members = |count: usize| -> String {
        let members: Vec<_> =
            (0..count).map(|index| format!("\"k{index}\":{{\"k\":[]}}")).collect();
        members.join(",")
    };
    for count in [15, 16, 17, 18, 200_000] {
        let text = format!("{{{}}}", members(count));
        assert_eq!(refusal(&text), None);
        for repeated in [0, count / 2, count - 1] {
            let text = format!("{{{},\"k{repeated}\":0}}", members(count));
            assert_eq!(refusal(&text), Some((Stop::Duplicate, text.len() - 2)), "{count}");
        }
    }
}

#[test]
fn debug_output_of_a_reader_hides_the_text() {
    let mut reader = Reader::new("\"secret\" 1");
    assert_eq!(reader.string().as_deref(), Ok("secret"));
    assert_eq!(format!("{reader:?}"), "Reader { position: 8, .. }");
    assert_eq!(Stop::Syntax(Syntax::LoneSurrogate).to_string(), "lone surrogate");
    assert_eq!(JsonType::Object.to_string(), "object");
}
