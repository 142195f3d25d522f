//! The traps of the JSON contracts: where they contradict themselves, their samples or what a reader
//! expects. `tests/traps` of the library has the same ones, at greater length.

use crate::json::{Json, parse, quoted};
use crate::verdict::{Demand, Message, Row};

macro_rules! sample {
    ($path:literal) => {
        include_str!(concat!("../../../../schemas/", $path))
    };
}

/// The published message of a contract.
pub(crate) fn sample(contract: &str) -> Json {
    let dump = || parse(sample!("boost/samples/kafka_dump.json"));
    parse(match contract {
        "accrual_incoming" => sample!("pismo/samples/accrual_incoming-1.json"),
        "customer_incoming" => sample!("pismo/samples/customer_incoming-1.json"),
        "customer_outgoing" => sample!("pismo/samples/customer_outgoing-1.json"),
        "recurring_charge_plan_incoming" => {
            sample!("pismo/samples/recurring_charge_plan_incoming-1.json")
        }
        "customer_created" => sample!("specsavers/samples/customer_created.json"),
        _ => return dump().at("/0/messages/0").expect("the dump holds a message").clone(),
    })
}

/// A valid message of a contract that springs no other trap: cycles are texts as published, instants
/// have no fraction, numbers one spelling in every codec.
pub(crate) fn plain(contract: &str) -> Json {
    let sample = sample(contract);
    let edits: &[(&str, &str)] = match contract {
        "accrual_incoming" => &[
            ("/entity/accruals/0/interest_rate", "0.5"),
            ("/entity/accruals/1/interest_rate", "0.5"),
            ("/entity/accruals/2/interest_rate", "0.5"),
            ("/entity/accruals/3/interest_rate", "0.5"),
        ],
        "customer_outgoing" => &[("/migration/version_date", r#""2021-08-11T11:25:00Z""#)],
        "recurring_charge_plan_incoming" => &[
            ("/entity/number_of_cycles", r#""12""#),
            ("/entity/first_cycle_to_discount", r#""1""#),
            ("/entity/migration/version_date", r#""2021-08-11T11:25:00Z""#),
            ("/entity/installment_amount", "10.5"),
            ("/entity/discount_percentage", "10.5"),
            ("/entity/minimum_spend_to_charge", "99.5"),
        ],
        "customer_created" => &[
            ("/data/customer/marketingPreference/0/consentedAt", r#""2024-05-01T09:30:00Z""#),
            ("/data/customer/marketingPreference/1/revokedAt", r#""2024-05-01T10:31:12Z""#),
        ],
        _ => &[],
    };
    let mut message = sample;
    for (pointer, text) in edits {
        if message.at(pointer).is_some() {
            message = parse(&message.with(pointer, text));
        }
    }
    // The misspelt property is trap 2, where it is an unknown one that is to be kept.
    if contract == "recurring_charge_plan_incoming" {
        message = parse(&message.without("/entity/first_cycle_to_discount"));
    }
    message
}

const ACCRUAL: &str = "accrual_incoming";
const PLAN: &str = "recurring_charge_plan_incoming";
const OUTGOING: &str = "customer_outgoing";
const INCOMING: &str = "customer_incoming";
const CREATED: &str = "customer_created";

fn kept(what: &str, messages: Vec<(&'static str, String)>) -> Row {
    let message = |(contract, text)| Message { contract, text, wrong: Vec::new() };
    let messages = messages.into_iter().map(message).collect();
    // Line 2 is about the spelling itself.
    Row { what: what.into(), demand: Demand::Kept, as_it_is: what.starts_with("2 "), messages }
}

/// Each message is wrong at the pointer that stands with it.
fn rejected(what: &str, messages: Vec<(&'static str, String, &str)>) -> Row {
    let message = |(contract, text, pointer): (_, _, &str)| Message {
        contract,
        text,
        wrong: vec![(pointer.to_owned(), String::new())],
    };
    let messages = messages.into_iter().map(message).collect();
    Row { what: what.into(), demand: Demand::Rejected, as_it_is: false, messages }
}

/// A plain message with another value at a place, for each value.
fn with(contract: &'static str, pointer: &str, values: &[&str]) -> Vec<(&'static str, String)> {
    let plain = plain(contract);
    values.iter().map(|value| (contract, plain.with(pointer, value))).collect()
}

fn wrong<'p>(
    contract: &'static str,
    pointer: &'p str,
    values: &[&str],
) -> Vec<(&'static str, String, &'p str)> {
    let messages = with(contract, pointer, values).into_iter();
    messages.map(|(contract, text)| (contract, text, pointer)).collect()
}

fn texts(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| quoted(text)).collect()
}

/// All lines, in the order of the traps.
pub(crate) fn all() -> Vec<Row> {
    let mut rows = schemas();
    rows.extend(values());
    rows.extend(objects());
    rows
}

fn schemas() -> Vec<Row> {
    let plain_ones = [ACCRUAL, INCOMING, OUTGOING, PLAN, CREATED];
    let samples = [ACCRUAL, INCOMING, OUTGOING, PLAN, CREATED];
    let plan = sample(PLAN);
    vec![
        kept(
            "1 four spellings of `$schema`, `$id`s that identify nothing",
            plain_ones.map(|name| (name, plain(name).to_text())).to_vec(),
        ),
        kept(
            "published samples, token by token",
            samples.map(|name| (name, sample(name).to_text())).to_vec(),
        ),
        kept(
            "2 `number_of_cycles`: text in the contract, integer in its sample",
            vec![
                (PLAN, plan.with("/entity/number_of_cycles", "12")),
                (PLAN, plan.with("/entity/number_of_cycles", r#""12""#)),
            ],
        ),
    ]
}

fn values() -> Vec<Row> {
    let (accrual, outgoing) = (plain(ACCRUAL), plain(OUTGOING));
    let plan = plain(PLAN);
    let mut nulls = with(ACCRUAL, "/file_size", &["null"]);
    nulls.extend(with(PLAN, "/file_size", &["null", "7"]));
    nulls.push((PLAN, plan.without("/file_size")));
    let mut not_null = wrong(ACCRUAL, "/line_number", &["null"]);
    not_null.extend(wrong(PLAN, "/line_number", &["null"]));
    not_null.extend(wrong(OUTGOING, "/migration/phase_id", &["null"]));
    not_null.push((ACCRUAL, accrual.without("/file_size"), ""));
    not_null.push((ACCRUAL, accrual.without("/entity/file_id"), "/entity"));
    const FLAG: &str = "/entity/flag";
    const AMOUNT: &str = "/entity/accruals/0/amount";
    const DATE: &str = "/entity/accounting_date";
    const VERSION: &str = "/entity/migration/version_date";
    let instants = texts(&[
        "2021-12-14T12:30:40Z",
        "2021-08-11T11:25:00.000Z",
        "2021-08-11T11:25:00.123456Z",
        "2021-08-11T08:25:00-03:00",
        "2021-08-11t11:25:00z",
    ]);
    let no_instants = texts(&[
        "2021-08-11",
        "2021-08-11 11:25:00Z",
        "2021-02-29T11:25:00Z",
        "2021-08-11T11:25:00",
    ]);
    let no_uuids = texts(&[
        "4588d1ec0b8e4ac08578a8c79f8f682e",
        "urn:uuid:4588d1ec-0b8e-4ac0-8578-a8c79f8f682e",
        "4588d1ec-0b8e-4ac0-8578-a8c79f8f682g",
    ]);
    let no_dates = texts(&["2022-02-29", "20220420", "2022-04-20T00:00:00Z"]);
    let mut formats = wrong(ACCRUAL, "/entity/cid", &borrowed(&no_uuids));
    formats.extend(wrong(ACCRUAL, DATE, &borrowed(&no_dates)));
    vec![
        kept("3 absent, `null` and a value", nulls),
        rejected("3 `null` where only absence is allowed, absent where only `null` is", not_null),
        kept("4 `flag`: a boolean, or a text with a 0 or a 1", {
            with(ACCRUAL, FLAG, &["true", "false", r#""1""#, r#""x1y""#])
        }),
        rejected("4 `flag`: neither", wrong(ACCRUAL, FLAG, &[r#""yes""#, r#""""#, "1", "null"])),
        kept("5 digits of amounts", {
            let digits =
                ["0.423187", "0.0", "14.70", "10", "9007199254740993.0", "1234567890123456789.01"];
            with(ACCRUAL, AMOUNT, &digits)
        }),
        kept("numbers beyond 28 digits, integers beyond 64 bits; no contract limits them", {
            let mut messages = with(ACCRUAL, AMOUNT, &["0.42318700000000000000000000001", "1e29"]);
            messages.extend(with(ACCRUAL, "/line_number", &["12345678901234567890123"]));
            messages
        }),
        kept("6 text of a date-time", with(INCOMING, VERSION, &borrowed(&instants))),
        rejected("6 not a date-time", wrong(INCOMING, VERSION, &borrowed(&no_instants))),
        rejected("7 not a UUID, not a date", formats),
        rejected("a repeated key", {
            vec![
                (OUTGOING, outgoing.plus("", r#""code":"again""#), ""),
                (ACCRUAL, accrual.plus("/entity/metadata", r#""a":1,"a":2"#), "/entity/metadata"),
            ]
        }),
    ]
}

fn borrowed(texts: &[String]) -> Vec<&str> {
    texts.iter().map(String::as_str).collect()
}

fn objects() -> Vec<Row> {
    let (accrual, outgoing, created) = (plain(ACCRUAL), plain(OUTGOING), plain(CREATED));
    let plan = plain(PLAN);
    let two_wrong = [("/entity/accruals/0", ""), ("/entity/accruals/0", "")];
    let item = Message {
        contract: ACCRUAL,
        text: accrual.with("/entity/accruals/0", r#"{"type":"IOF","amount":1.5,"rate":0}"#),
        wrong: two_wrong.map(|(at, what)| (at.to_owned(), what.to_owned())).to_vec(),
    };
    let mut item_row = rejected("7 an accrual, closed inside an `anyOf`", Vec::new());
    item_row.messages.push(item);
    let more = r#""more":{"a":[1.50,null]}"#;
    const INFO: &str = "/data/customer/migratedCustomerInfo";
    vec![
        item_row,
        rejected(
            "9 unknown properties of closed objects",
            ["", "/migration", "/entity"]
                .map(|at| (OUTGOING, outgoing.plus(at, more), at))
                .to_vec(),
        ),
        kept(
            "9 success without an entity, failure with one",
            vec![
                (OUTGOING, outgoing.without("/entity")),
                (OUTGOING, outgoing.with("/status", r#""FAIL""#)),
            ],
        ),
        kept("10 values that only prose limits", {
            let mut messages = with(PLAN, "/entity/renew_method", &[r#""MAYBE""#]);
            messages.extend(with(PLAN, "/entity/discount_percentage", &["100.5", "-5.5"]));
            messages
        }),
        kept("11 open codes", with(OUTGOING, "/code", &[r#""MIGR-0001""#, r#""x""#, r#""""#])),
        kept("2, 18 unknown properties of open objects", {
            let mut messages = vec![
                (ACCRUAL, accrual.plus("", more)),
                (ACCRUAL, accrual.plus("/entity", more)),
                (ACCRUAL, accrual.plus("/entity/metadata", more)),
                (PLAN, plan.plus("/entity", r#""first_cycle_to_discount":1"#)),
            ];
            let places = ["", "/data", "/data/customer", "/data/aftercareStore"];
            messages.extend(places.map(|at| (CREATED, created.plus(at, more))));
            messages
        }),
        kept(
            "18 only the property that classifies a message is required",
            vec![
                (CREATED, r#"{"type":"com.specsavers.customer.created"}"#.to_owned()),
                (CREATED, created.without("/data")),
                (CREATED, created.without("/data/customer/id")),
            ],
        ),
        kept(
            "20 an empty list of systems, and none",
            vec![(CREATED, created.with(INFO, "[]")), (CREATED, created.without(INFO))],
        ),
    ]
}
