use std::collections::{BTreeMap, HashMap};
use std::io::Cursor;

use rust_decimal::Decimal;
use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use crate::json::{Map, RawJson, RawObject, Reader, Stop};
use crate::{Timestamp, Uuid};

const UUID: &str = "F81D4FAE-7dec-11d0-a765-00a0c91e6bf6";

/// A text with every type of value, in a notation that only text can hold.
const TEXT: &str = concat!(
    r#"{"amount":14.70,"zero":-0,"wide":123456789012345678901234567890.10,"exponent":1e-7,"#,
    r#""list":[null,true,"a\"b",[],{}],"":{"deep":{"er":[0.10]}}}"#
);

/// The same value as [`TEXT`], as exact as `f64`.
fn as_exact_as_f64() -> Value {
    json!({
        "amount": 14.7, "zero": -0.0, "wide": 123456789012345678901234567890.1, "exponent": 1e-7,
        "list": [null, true, "a\"b", [], {}], "": {"deep": {"er": [0.1]}}
    })
}

fn raw(text: &str) -> RawJson {
    RawJson::parse(text).unwrap()
}

fn value(raw: &RawJson) -> Value {
    raw.deserialize_into().unwrap()
}

#[test]
fn text_in_is_text_out() {
    let raw = raw(TEXT);
    assert_eq!(serde_json::from_str::<RawJson>(TEXT).unwrap(), raw);
    assert_eq!(serde_json::from_slice::<RawJson>(TEXT.as_bytes()).unwrap(), raw);
    assert_eq!(serde_json::from_reader::<_, RawJson>(Cursor::new(TEXT)).unwrap(), raw);
    assert_eq!(serde_json::to_string(&raw).unwrap(), TEXT);
    assert_eq!(serde_json::to_vec(&raw).unwrap(), TEXT.as_bytes());

    let object: RawObject = serde_json::from_str(TEXT).unwrap();
    assert_eq!(serde_json::to_string(&object).unwrap(), TEXT);
    let map: Map<RawJson> = serde_json::from_str(TEXT).unwrap();
    assert_eq!(serde_json::to_string(&map).unwrap(), TEXT);
    assert_eq!(map["wide"].as_str(), "123456789012345678901234567890.10");
}

#[test]
fn pretty_printing_reaches_inside() {
    let pretty = serde_json::to_string_pretty(&raw(r#"{"a":[14.70,1]}"#)).unwrap();
    assert_eq!(pretty, "{\n  \"a\": [\n    14.70,\n    1\n  ]\n}");
}

#[test]
fn value_trees_keep_the_precision_of_their_source() {
    let raw = raw(TEXT);
    assert_eq!(serde_json::to_value(&raw).unwrap(), value(&raw));
    let back: RawJson = serde_json::from_value(as_exact_as_f64()).unwrap();
    assert_eq!(value(&back), as_exact_as_f64());
    assert_eq!(RawJson::deserialize(&as_exact_as_f64()).unwrap(), back);
    for integer in [json!(u64::MAX), json!(i64::MIN), json!(0)] {
        let text = integer.to_string();
        assert_eq!(serde_json::from_value::<RawJson>(integer).unwrap().as_str(), text);
    }
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Service {
    at: Timestamp,
    amounts: Vec<Map<Decimal>>,
    maybe: Option<RawJson>,
}

#[test]
fn struct_fields_keep_every_digit() {
    let text = r#"{"at":"2023-05-02T14:03:27.120z","amounts":[{"a":14.70}],"maybe":0.10}"#;
    let service: Service = serde_json::from_str(text).unwrap();
    assert_eq!(serde_json::to_string(&service).unwrap(), text);
    let text = r#"{"at":"2023-05-02T14:03:27Z","amounts":[],"maybe":null}"#;
    let service: Service = serde_json::from_str(text).unwrap();
    assert_eq!((service.maybe.as_ref(), &*service.amounts), (None, &[][..]));
    assert_eq!(serde_json::to_string(&service).unwrap(), text);
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
struct Flattened<T> {
    id: i32,
    #[serde(flatten)]
    rest: T,
}

#[test]
fn it_can_be_flattened() {
    let text = r#"{"id":7,"amount":14.7,"nested":{"a":[1,-2,18446744073709551615,null]},"s":"\n"}"#;
    for flattened in [
        roundtrip::<Flattened<RawObject>>(text),
        roundtrip::<Flattened<Map<RawJson>>>(text),
        roundtrip::<Flattened<RawJson>>(text),
    ] {
        assert_eq!(flattened, text);
    }
    // Digits of what is written do not pass through a buffer.
    let exact = Flattened { id: 7, rest: RawObject::parse(r#"{"amount":14.70}"#).unwrap() };
    assert_eq!(serde_json::to_string(&exact).unwrap(), r#"{"id":7,"amount":14.70}"#);
    assert_eq!(serde_json::to_value(&exact).unwrap(), value(&raw(r#"{"id":7,"amount":14.70}"#)));
}

#[test]
fn only_objects_can_be_flattened() {
    for text in ["1", "0.10", "\"a\"", "[]", "true"] {
        let flattened = Flattened { id: 7, rest: raw(text) };
        assert!(serde_json::to_string(&flattened).is_err(), "{text}");
    }
}

fn roundtrip<T: DeserializeOwned + Serialize>(text: &str) -> String {
    serde_json::to_string(&serde_json::from_str::<T>(text).unwrap()).unwrap()
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
enum Untagged {
    Uuid(Uuid),
    At(Timestamp),
    Numbers(Map<i64>),
    Any(RawJson),
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", rename_all = "lowercase")]
enum Internal {
    Object(RawObject),
    Any(RawJson),
    Struct { amount: RawJson },
}

#[derive(Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "type", content = "value", rename_all = "lowercase")]
enum Adjacent {
    Any(RawJson),
}

#[test]
fn it_can_be_a_branch_of_an_enum() {
    let branch = |text: &str| serde_json::from_str::<Untagged>(text).unwrap();
    assert!(matches!(branch(&format!("\"{UUID}\"")), Untagged::Uuid(_)));
    assert!(matches!(branch(r#""2023-05-02T14:03:27Z""#), Untagged::At(_)));
    assert!(matches!(branch(r#"{"a":1}"#), Untagged::Numbers(_)));
    assert!(matches!(branch(r#"{"a":1.5}"#), Untagged::Any(_)));
    assert!(matches!(branch("null"), Untagged::Any(_)));
    for text in [&*format!("\"{UUID}\""), r#"{"a":1}"#, r#"[1.5,{"b":null}]"#, "-0.5"] {
        assert_eq!(roundtrip::<Untagged>(text), text);
    }

    for text in [r#"{"type":"object","a":{"b":[0.5]}}"#, r#"{"type":"struct","amount":14.7}"#] {
        assert_eq!(roundtrip::<Internal>(text), text);
    }
    let exact = Internal::Object(RawObject::parse(r#"{"a":14.70}"#).unwrap());
    assert_eq!(serde_json::to_string(&exact).unwrap(), r#"{"type":"object","a":14.70}"#);
    assert!(serde_json::to_string(&Internal::Any(raw("0.10"))).is_err());

    let text = r#"{"type":"any","value":14.70}"#;
    assert_eq!(serde_json::to_string(&Adjacent::Any(raw("14.70"))).unwrap(), text);
    assert_eq!(roundtrip::<Adjacent>(text), text);
}

#[test]
fn it_can_be_a_key_of_a_map() {
    let text = format!(r#"{{"{UUID}":1}}"#);
    let map: HashMap<Uuid, i32> = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::to_string(&map).unwrap(), text);
    let tree: Value = serde_json::from_str(&text).unwrap();
    assert_eq!(serde_json::from_value::<HashMap<Uuid, i32>>(tree).unwrap(), map);
    let map: BTreeMap<Timestamp, i32> =
        serde_json::from_str(r#"{"2023-05-02T14:03:27Z":1,"2022-05-02T14:03:27Z":2}"#).unwrap();
    assert!(map.values().eq(&[2, 1]));
}

#[test]
fn map_keys_equal_those_of_serde_json() {
    #[derive(PartialEq, Eq, Hash)]
    struct Key(RawJson);
    impl Serialize for Key {
        fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
            self.0.serialize(serializer)
        }
    }
    let map = |text| HashMap::from([(Key(raw(text)), 1)]);
    assert_eq!(serde_json::to_string(&map("12")).unwrap(), r#"{"12":1}"#);
    assert!(serde_json::to_string(&map("[]")).is_err());
    assert_eq!(serde_json::to_string(&map("0.5")).unwrap(), r#"{"0.5":1}"#);
}

fn cbor<T: Serialize>(value: &T) -> Vec<u8> {
    let mut bytes = Vec::new();
    ciborium::into_writer(value, &mut bytes).unwrap();
    bytes
}

fn from_cbor<T: DeserializeOwned>(bytes: &[u8]) -> Result<T, String> {
    ciborium::from_reader(bytes).map_err(|error| error.to_string())
}

#[test]
fn binary_formats_keep_all_representable_precision() {
    let raw = raw(TEXT);
    let tree: Value = from_cbor(&cbor(&raw)).unwrap();
    assert_eq!(tree, as_exact_as_f64());
    assert_eq!(value(&from_cbor::<RawJson>(&cbor(&raw)).unwrap()), as_exact_as_f64());
    let pack = rmp_serde::to_vec(&raw).unwrap();
    assert_eq!(rmp_serde::from_slice::<Value>(&pack).unwrap(), as_exact_as_f64());
    assert_eq!(value(&rmp_serde::from_slice::<RawJson>(&pack).unwrap()), as_exact_as_f64());

    let service = Service {
        at: "2023-05-02T14:03:27.120Z".parse().unwrap(),
        amounts: vec![Map::from_iter([("a", "14.75".parse().unwrap())])],
        maybe: None,
    };
    assert_eq!(from_cbor::<Service>(&cbor(&service)).unwrap(), service);
    let pack = rmp_serde::to_vec_named(&service).unwrap();
    assert_eq!(rmp_serde::from_slice::<Service>(&pack).unwrap(), service);
}

#[test]
fn refuses_values_that_json_cannot_express() {
    assert!(from_cbor::<RawJson>(&cbor(&f64::NAN)).unwrap_err().contains("finite"));
    assert!(from_cbor::<RawJson>(&cbor(&f64::INFINITY)).unwrap_err().contains("finite"));
    let bytes = ciborium::Value::Bytes(b"secret".to_vec());
    let error = from_cbor::<RawJson>(&cbor(&bytes)).unwrap_err();
    assert!(!error.contains("secret"), "{error}");
    for key in [bytes, ciborium::Value::Float(1.5), ciborium::Value::Bool(true)] {
        let map = ciborium::Value::Map(vec![(key, 1.into())]);
        assert!(from_cbor::<RawJson>(&cbor(&map)).is_err());
    }
    // And nothing is made of a number that the format has no room for.
    let mut out = Vec::new();
    assert!(ciborium::into_writer(&raw("1e999"), &mut out).is_err());
    assert_eq!(serde_json::to_string(&raw("1e999")).unwrap(), "1e999");
}

#[test]
fn integer_keys_of_every_width_become_text() {
    let map = BTreeMap::from([(-1_i64, "a"), (2, "b")]);
    assert_eq!(from_cbor::<RawJson>(&cbor(&map)).unwrap().as_str(), r#"{"-1":"a","2":"b"}"#);
    for integer in [i128::from(i64::MIN) - 1, i128::from(u64::MAX) + 1, -1, 0] {
        assert_eq!(from_cbor::<RawJson>(&cbor(&integer)).unwrap().as_str(), integer.to_string());
    }
    assert_eq!(
        rmp_serde::from_slice::<RawJson>(&rmp_serde::to_vec(&0.1_f32).unwrap()).unwrap().as_str(),
        "0.1"
    );
    assert_eq!(from_cbor::<RawJson>(&cbor(&'x')).unwrap().as_str(), "\"x\"");
    assert_eq!(from_cbor::<RawJson>(&cbor(&Some(Some(1)))).unwrap().as_str(), "1");
}

#[test]
fn a_repeated_key_is_seen_through_every_buffer() {
    let text = r#"{"id":1,"a":1,"a":2}"#;
    assert!(serde_json::from_str::<Flattened<RawObject>>(text).is_err());
    assert!(serde_json::from_str::<Untagged>(text).is_err());
    assert!(serde_json::from_str::<RawJson>(text).is_err());
    let map = ciborium::Value::Map(vec![("a".into(), 1.into()), ("a".into(), 2.into())]);
    assert!(from_cbor::<RawJson>(&cbor(&map)).is_err());
}

#[test]
fn private_keys_of_serde_json_are_ordinary_keys() {
    let text = r#"{"id":1,"$serde_json::private::RawValue":"[2]"}"#;
    assert_eq!(roundtrip::<RawJson>(text), text);
    assert_eq!(roundtrip::<Flattened<RawObject>>(text), text);
    let object = r#"{"$serde_json::private::RawValue":"[2]"}"#;
    assert_eq!(from_cbor::<RawJson>(&cbor(&raw(object))).unwrap().as_str(), object);
    // Past a buffer serde_json itself cannot recognise this one once `arbitrary_precision` is on.
    let text = r#"{"$serde_json::private::Number":"[2]"}"#;
    assert_eq!(roundtrip::<RawJson>(text), text);
}

#[test]
fn depth_is_bounded_both_ways() {
    let nested = |levels: usize| format!("{}{}", "[".repeat(levels), "]".repeat(levels));
    assert!(serde_json::from_str::<RawJson>(&nested(127)).is_ok());
    let error = serde_json::from_str::<RawJson>(&nested(100_000)).unwrap_err().to_string();
    assert!(error.contains("nested too deep"), "{error}");

    let mut tree = ciborium::Value::Null;
    for _ in 0..200 {
        tree = ciborium::Value::Array(vec![tree]);
    }
    assert!(from_cbor::<RawJson>(&cbor(&tree)).unwrap_err().contains("nested too deep"));
    let deep = nested(200);
    let raw = super::super::Decode::decode(&mut Reader::with_depth(&deep, 1_000));
    let raw: RawJson = raw.unwrap();
    assert!(serde_json::to_string(&raw).is_err());
}

#[test]
fn errors_show_the_position_but_no_value() {
    let error = serde_json::from_str::<Map<bool>>(r#"{"a":true,"b":"secret"}"#).unwrap_err();
    assert_eq!(error.to_string(), "not a value of the expected type at byte 14");
    let error = serde_json::from_value::<Map<i64>>(json!({"a": "secret"})).unwrap_err();
    assert_eq!(error.to_string(), "not a value of the expected type at byte 5");
    let error =
        serde_json::from_str::<Flattened<Map<i64>>>(r#"{"id":1,"a":"secret"}"#).unwrap_err();
    assert!(!error.to_string().contains("secret"), "{error}");
}

#[test]
fn a_hook_explains_the_text() {
    fn explain(text: &str) -> String {
        format!("{} bytes", text.len())
    }
    let mut source = serde_json::Deserializer::from_str(" [1,  true] ");
    let error = super::deserialize::<Vec<bool>, _>(&mut source, explain).unwrap_err();
    assert!(error.to_string().starts_with("10 bytes"), "{error}");
}

#[test]
fn invalid_text_from_an_implementation_is_an_error() {
    struct Wrong(&'static str);
    impl crate::json::Encode for Wrong {
        fn encode(&self, out: &mut String) {
            out.push_str(self.0);
        }
    }
    for text in ["", "[1", "{\"a\" 1}", "nul", "x"] {
        let mut out = Vec::new();
        let sink = &mut serde_json::Serializer::new(&mut out);
        assert!(super::serialize(&Wrong(text), sink).is_err(), "{text}");
    }
    assert_eq!(Stop::Depth.to_string(), "nested too deep");
}
