//! Details of the Pismo contracts that readers get wrong: incoming events.

use crate::common::contracts::{file, sample};
use crate::common::{accepted, assert_lossless, assert_rejected, json};
use migration_events::json::RawJson;
use migration_events::pismo::accrual_incoming::{Flag, FlagText};
use migration_events::pismo::recurring_charge_plan_incoming::Cycles;
use migration_events::pismo::{
    AccrualIncoming, CustomerIncoming, CustomerOutgoing, RecurringChargePlanIncoming, RenewMethod,
};
use migration_events::{Event, Timestamp};
use serde_json::Value;

fn contract(name: &str) -> Value {
    serde_json::from_str(&file(&format!("pismo/{name}-1.json"))).unwrap()
}

#[test]
fn schema_uris_and_ids_do_not_name_contracts() {
    let dialects = [
        ("customer_outgoing", "http://json-schema.org/draft-07/schema"),
        ("accrual_incoming", "https://json-schema.org/draft-07/schema"),
        ("recurring_charge_plan_incoming", "https://json-schema.org/draft-07/schema"),
        ("customer_incoming", "https://json-schema.org/draft/2019-09/schema"),
    ];
    for (name, dialect) in dialects {
        assert_eq!(contract(name)["$schema"], dialect, "{name}");
    }
    // All are read with the same meaning: a format is asserted in every one.
    let no_date_time = r#""2022-05-02""#;
    let migration = "/entity/migration/version_date";
    let message = sample("accrual_incoming").with(migration, no_date_time);
    assert_rejected::<AccrualIncoming>(&message, vec![(migration, "format")]);
    let message = sample("customer_incoming").with(migration, no_date_time);
    assert_rejected::<CustomerIncoming>(&message, vec![(migration, "format")]);
    let message = sample("recurring_charge_plan_incoming").with(migration, no_date_time);
    assert_rejected::<RecurringChargePlanIncoming>(&message, vec![(migration, "format")]);
    let message = sample("customer_outgoing").with("/migration/version_date", no_date_time);
    assert_rejected::<CustomerOutgoing>(&message, vec![("/migration/version_date", "format")]);

    // The `$id` of the plan's entity is wrong. Violations are located by where a schema stands.
    let plan = contract("recurring_charge_plan_incoming");
    assert_eq!(plan["properties"]["entity"]["$id"], "#/properties/entity/properties/entity");
    let rejection = RecurringChargePlanIncoming::from_json(br#"{"entity":[]}"#).unwrap_err();
    let [violation] = rejection.violations() else { panic!("{rejection}") };
    assert_eq!(violation.schema_pointer(), "/properties/entity/type");
}

#[test]
fn cycles_are_texts_or_integers() {
    const CYCLES: &str = "/entity/number_of_cycles";
    let sample = sample("recurring_charge_plan_incoming");

    // What was sent stays known, and both spellings of a value mean the same.
    let plan: RecurringChargePlanIncoming = assert_lossless(&sample.to_text());
    assert_eq!(plan.entity.number_of_cycles, Cycles::Integer(12));
    let text: RecurringChargePlanIncoming = assert_lossless(&sample.with(CYCLES, r#""12""#));
    assert_eq!(text.entity.number_of_cycles, Cycles::Text("12".into()));
    for plan in [&plan, &text] {
        assert_eq!(plan.entity.number_of_cycles.count(), Some(12));
    }
    for (sent, count) in [(r#""""#, None), (r#""twelve""#, None), (r#""-1""#, Some(-1))] {
        let plan: RecurringChargePlanIncoming = assert_lossless(&sample.with(CYCLES, sent));
        assert_eq!(plan.entity.number_of_cycles.count(), count, "{sent}");
    }

    // The misspelt name of the sample is an unknown property of the same meaning.
    let discounted = |plan: &RecurringChargePlanIncoming| {
        plan.entity.cycles_to_discount().and_then(|cycles| cycles.count())
    };
    assert_eq!(plan.entity.first_cycles_to_discount, None);
    assert_eq!(plan.entity.extra.get("first_cycle_to_discount").map(RawJson::as_str), Some("1"));
    assert_eq!(discounted(&plan), Some(1));
    let both = sample.plus("/entity", r#""first_cycles_to_discount":"3""#);
    let both: RecurringChargePlanIncoming = assert_lossless(&both);
    assert_eq!(both.entity.first_cycles_to_discount, Some(Cycles::Text("3".into())));
    assert_eq!(discounted(&both), Some(3));
    let neither = sample.without("/entity/first_cycle_to_discount");
    assert_eq!(discounted(&accepted(&neither)), None);
    let odd = sample.with("/entity/first_cycle_to_discount", r#"{"n":[1]}"#);
    assert_eq!(discounted(&assert_lossless(&odd)), None);

    // Strict decoding reports the integer, under each published name, and takes the text.
    let strict = |message: &str| RecurringChargePlanIncoming::from_json_strict(message.as_bytes());
    let rejection = strict(&sample.to_text()).unwrap_err();
    assert_eq!(crate::common::places(&rejection), [(CYCLES.to_owned(), "type")]);
    let rejection = strict(&sample.plus("/entity", r#""first_cycles_to_discount":3"#)).unwrap_err();
    let discount = "/entity/first_cycles_to_discount".to_owned();
    let expected = [(discount, "type"), (CYCLES.to_owned(), "type")];
    assert_eq!(crate::common::places(&rejection), expected);
    assert_eq!(strict(&sample.with(CYCLES, r#""12""#)).unwrap(), text);

    // No deviation goes further than that.
    for neither in ["12.5", "true", "null", "[12]", "{}"] {
        let message = sample.with(CYCLES, neither);
        assert_rejected::<RecurringChargePlanIncoming>(&message, vec![(CYCLES, "type")]);
    }
    assert_rejected::<RecurringChargePlanIncoming>(
        &sample.without(CYCLES),
        vec![("/entity", "required")],
    );
}

#[test]
fn absent_null_and_value_differ() {
    let files = ["file_name", "file_size", "file_id"];

    // Required and nullable.
    let accrual = sample("accrual_incoming");
    for property in files {
        let pointer = format!("/{property}");
        assert_lossless::<AccrualIncoming>(&accrual.with(&pointer, "null"));
        let absent = accrual.without(&pointer);
        assert_rejected::<AccrualIncoming>(&absent, vec![("", "required")]);
    }
    let none: AccrualIncoming = accepted(&accrual.with("/file_size", "null"));
    assert_eq!(none.file_size, None);
    assert_lossless::<AccrualIncoming>(&accrual.with("/entity/file_id", "null"));
    let absent = accrual.without("/entity/file_id");
    assert_rejected::<AccrualIncoming>(&absent, vec![("/entity", "required")]);

    // Optional and nullable.
    let plan = sample("recurring_charge_plan_incoming");
    let read = |message: &str| assert_lossless::<RecurringChargePlanIncoming>(message);
    for property in files {
        let pointer = format!("/{property}");
        let [value, null, absent] = [
            read(&plan.to_text()),
            read(&plan.with(&pointer, "null")),
            read(&plan.without(&pointer)),
        ];
        assert!(value != null && null != absent && absent != value, "{property}");
    }
    assert_eq!(read(&plan.to_text()).file_size, Some(Some(999)));
    assert_eq!(read(&plan.with("/file_size", "null")).file_size, Some(None));
    assert_eq!(read(&plan.without("/file_size")).file_size, None);

    // Neither is `line_number` nullable nor any other optional property that does not say so.
    let line = vec![("/line_number", "type")];
    let message = accrual.with("/line_number", "null");
    assert_rejected::<AccrualIncoming>(&message, line.clone());
    let message = plan.with("/line_number", "null");
    assert_rejected::<RecurringChargePlanIncoming>(&message, line);
    let optional = [
        "split_transaction",
        "description",
        "discount_percentage",
        "secondary_processing_code",
        "secondary_description",
        "minimum_spend_to_charge",
        "renew_method",
    ];
    for pointer in optional.map(|property| format!("/entity/{property}")) {
        read(&plan.without(&pointer));
        assert_rejected::<RecurringChargePlanIncoming>(
            &plan.with(&pointer, "null"),
            vec![(&pointer, "type")],
        );
    }
    let outgoing = sample("customer_outgoing");
    assert_lossless::<CustomerOutgoing>(&outgoing.without("/migration/phase_id"));
    assert_rejected::<CustomerOutgoing>(
        &outgoing.with("/migration/phase_id", "null"),
        vec![("/migration/phase_id", "type")],
    );
}

#[test]
fn flags_are_booleans_or_texts() {
    const FLAG: &str = "/entity/flag";
    let sample = sample("accrual_incoming");
    let cases = [
        ("true", Some(true)),
        ("false", Some(false)),
        (r#""1""#, Some(true)),
        (r#""0""#, Some(false)),
        (r#""\u0031""#, Some(true)),
        // Valid, since the pattern is not anchored, but no answer.
        (r#""x1y""#, None),
        (r#""10""#, None),
        (r#"" 1""#, None),
        (r#""é\n0""#, None),
    ];
    for (sent, answer) in cases {
        let accrual: AccrualIncoming = assert_lossless(&sample.with(FLAG, sent));
        assert_eq!(accrual.entity.flag.sends_to_balance(), answer, "{sent}");
        assert_eq!(matches!(accrual.entity.flag, Flag::Boolean(_)), !sent.starts_with('"'));
    }
    // U+0661 and U+FF11 are digits one, too, but not these.
    for no_match in [r#""""#, r#""yes""#, r#""2""#, r#""١""#, r#""１""#] {
        let message = sample.with(FLAG, no_match);
        assert_rejected::<AccrualIncoming>(&message, vec![(FLAG, "pattern")]);
    }
    // A pattern binds strings only.
    for other in ["1", "0", "null", "[]", r#"{"1":1}"#] {
        let message = sample.with(FLAG, other);
        assert_rejected::<AccrualIncoming>(&message, vec![(FLAG, "type")]);
    }
    assert_eq!(FlagText::new("yes").unwrap_err().name(), "pattern");
    assert_eq!(FlagText::new("x1y").unwrap().as_str(), "x1y");
}

#[test]
fn amounts_keep_every_digit() {
    const AMOUNT: &str = "/entity/accruals/0/amount";
    const RATE: &str = "/entity/accruals/0/interest_rate";
    let sample = sample("accrual_incoming");
    let exact = [
        "0.423187",
        "0.0",
        "14.7",
        "14.70",
        "99.999",
        "10",
        "0",
        "-0.0",
        "-1.03",
        "0.1000000000000000055511151231",
        "79228162514264337593543950335",
        "-7922816251426433759354395033.5",
        "0.0000000000000000000000000001",
        "9007199254740993.0",
    ];
    for digits in exact {
        for pointer in [AMOUNT, RATE] {
            let accrual: AccrualIncoming = assert_lossless(&sample.with(pointer, digits));
            accrual.check().unwrap();
            let back = json::parse(&accrual.to_json());
            assert_eq!(back.at(pointer), Some(&json::Json::Number(digits.into())));
        }
    }
    let accrual: AccrualIncoming = accepted(&sample.to_text());
    let amounts: Vec<_> =
        accrual.entity.accruals.iter().map(|accrual| accrual.amount.to_string()).collect();
    assert_eq!(amounts, ["0.423187", "14.7", "1.03", "4.58"]);
    assert_eq!(accrual.entity.accruals[0].interest_rate.to_string(), "0.0");

    // The plan's numbers are amounts and rates, too.
    for name in ["installment_amount", "minimum_spend_to_charge", "discount_percentage"] {
        let pointer = format!("/entity/{name}");
        for digits in exact {
            let message = crate::common::contracts::sample("recurring_charge_plan_incoming")
                .with(&pointer, digits);
            assert_lossless::<RecurringChargePlanIncoming>(&message);
        }
    }

    // An exponent is another spelling of the same digits; more digits than are held are refused.
    let accrual: AccrualIncoming = accepted(&sample.with(AMOUNT, "1.50E+1"));
    assert_eq!(accrual.entity.accruals[0].amount.to_string(), "15.0");
    let too_many = [
        "79228162514264337593543950336",
        "0.00000000000000000000000000001",
        "0.42318700000000000000000000000",
        "1e29",
        "1e-29",
        "1e400",
        "-1E999999999999999999999",
    ];
    for digits in too_many {
        let message = sample.with(AMOUNT, digits);
        assert_rejected::<AccrualIncoming>(&message, vec![(AMOUNT, "precision")]);
    }
    // A text that holds an amount is none.
    let message = sample.with(AMOUNT, r#""14.7""#);
    assert_rejected::<AccrualIncoming>(&message, vec![(AMOUNT, "type")]);
}

#[test]
fn version_dates_keep_their_text() {
    const VERSION: &str = "/entity/migration/version_date";
    let sample = sample("customer_incoming");
    let legal = [
        "2021-12-14T12:30:40Z",
        "2021-08-11T11:25:00.000Z",
        "2021-08-11T11:25:00.123456Z",
        "2021-08-11T11:25:00.1Z",
        "2021-08-11T11:25:00.123456789012Z",
        "2021-08-11T08:25:00.000-03:00",
        "2021-08-11T11:25:00+00:00",
        "2021-08-11T11:25:00-00:00",
        "2021-08-11T17:10:00+05:45",
        "2021-08-11t11:25:00z",
        "2016-12-31T23:59:60Z",
        "0000-01-01T00:00:00Z",
        "9999-12-31T23:59:59.999999-23:59",
    ];
    for text in legal {
        let event: CustomerIncoming = assert_lossless(&sample.with(VERSION, &json::quoted(text)));
        assert_eq!(event.entity.migration.version_date.to_string(), text);
        // The outcome repeats it.
        let outcome = CustomerOutgoing::failed("E", "no", &event.entity.migration);
        let outcome = json::parse(&outcome.to_json());
        let repeated = outcome.at("/migration/version_date");
        assert_eq!(repeated, Some(&json::Json::String(text.into())));
    }
    // One instant, three texts.
    let [utc, local, fraction] =
        ["2021-08-11T11:25:00Z", "2021-08-11T08:25:00-03:00", "2021-08-11T11:25:00.000Z"]
            .map(|text| Timestamp::parse(text).unwrap());
    assert!(utc == local && local == fraction);
    assert!(!utc.same_text(&local) && !utc.same_text(&fraction));

    let illegal = [
        "2021-08-11",
        "2021-08-11T11:25:00",
        "2021-08-11 11:25:00Z",
        "2021-08-11T11:25Z",
        "2021-08-11T11:25:00.Z",
        "2021-08-11T24:00:00Z",
        "2021-02-29T11:25:00Z",
        "2021-08-11T11:25:60Z",
        "2021-08-11T11:25:00+24:00",
        "2021-08-11T11:25:00+0300",
        "2021-08-11T11:25:00Z\n",
        "",
    ];
    for text in illegal {
        let message = sample.with(VERSION, &json::quoted(text));
        assert_rejected::<CustomerIncoming>(&message, vec![(VERSION, "format")]);
    }
}

#[test]
fn accruals_are_one_closed_object() {
    const ITEM: &str = "/entity/accruals/0";
    let sample = sample("accrual_incoming");
    // The only branch is looked through, and `additionalItems` says nothing.
    let message = sample.with(ITEM, r#"{"type":"IOF","amount":"1","rate":0}"#);
    assert_rejected::<AccrualIncoming>(
        &message,
        vec![
            (ITEM, "required"),
            (ITEM, "additionalProperties"),
            ("/entity/accruals/0/amount", "type"),
        ],
    );
    let message = sample.with("/entity/accruals/3", "7");
    assert_rejected::<AccrualIncoming>(&message, vec![("/entity/accruals/3", "type")]);
    assert_lossless::<AccrualIncoming>(&sample.with("/entity/accruals", "[]"));

    const CID: &str = "/entity/cid";
    for cid in ["4588d1ec-0b8e-4ac0-8578-a8c79f8f682e", "4588D1EC-0b8e-4ac0-8578-A8C79F8F682E"] {
        let accrual: AccrualIncoming = assert_lossless(&sample.with(CID, &json::quoted(cid)));
        assert_eq!(accrual.entity.cid.to_string(), cid);
        assert_eq!(accrual.entity.cid.get_version_num(), 4);
    }
    let no_uuids = [
        "4588d1ec0b8e4ac08578a8c79f8f682e",
        "{4588d1ec-0b8e-4ac0-8578-a8c79f8f682e}",
        "urn:uuid:4588d1ec-0b8e-4ac0-8578-a8c79f8f682e",
        "4588d1ec-0b8e-4ac0-8578-a8c79f8f682",
        "4588d1ec-0b8e-4ac0-8578-a8c79f8f682g",
        "",
    ];
    for cid in no_uuids {
        let message = sample.with(CID, &json::quoted(cid));
        assert_rejected::<AccrualIncoming>(&message, vec![(CID, "format")]);
    }

    const DATE: &str = "/entity/accounting_date";
    let accrual: AccrualIncoming = assert_lossless(&sample.with(DATE, r#""2024-02-29""#));
    assert_eq!(accrual.entity.accounting_date.to_string(), "2024-02-29");
    for text in ["2022-02-29", "2022-4-20", "20220420", "2022-04-20T00:00:00Z", "12022-04-20", ""] {
        let message = sample.with(DATE, &json::quoted(text));
        assert_rejected::<AccrualIncoming>(&message, vec![(DATE, "format")]);
    }
}

#[test]
fn rules_in_prose_reject_nothing() {
    let sample = sample("recurring_charge_plan_incoming");
    let read = |pointer: &str, text: &str| -> RecurringChargePlanIncoming {
        assert_lossless(&sample.with(pointer, text))
    };
    const METHOD: &str = "/entity/renew_method";
    let known = RenewMethod::VALUES.iter().map(RenewMethod::as_str).collect::<Vec<_>>();
    assert_eq!(known, ["NO_RENEW", "WITHOUT_DISCOUNT", "WITH_DISCOUNT"]);
    for (name, method) in known.iter().zip(RenewMethod::VALUES) {
        assert_eq!(read(METHOD, &json::quoted(name)).entity.renew_method.as_ref(), Some(method));
    }
    for other in ["RENEW_MAYBE", "with_discount", ""] {
        let plan = read(METHOD, &json::quoted(other));
        assert_eq!(plan.entity.renew_method, Some(RenewMethod::Other(other.into())));
        plan.check().unwrap();
    }
    for percentage in ["0", "100", "100.01", "-5", "1000"] {
        read("/entity/discount_percentage", percentage).check().unwrap();
    }
}
