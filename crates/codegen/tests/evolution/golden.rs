//! The text of a whole comparison.

use migration_events_codegen::evolution::{self, Compatibility};
use std::{env, fs};

const CUSTOMER: &str =
    concat!(env!("CARGO_MANIFEST_DIR"), "/../../schemas/pismo/customer_incoming-1.json");
const TEXT: &str = include_str!("customer_incoming.txt");

#[test]
fn changes_of_a_published_contract_match_golden_text() {
    let text = fs::read_to_string(CUSTOMER).unwrap();
    let edits = [
        (
            "\"account_id\",\n            \"version_date\"",
            "\"version_date\",\n            \"channel\"",
        ),
        ("\"format\": \"date-time\",", "\"format\": \"date\","),
        ("\"type\": \"boolean\",", "\"type\": [\"boolean\", \"null\"],"),
        (
            "\"social_name\": {",
            "\"channel\": {\n          \"enum\": [\"APP\", \"BRANCH\"]\n        },\n        \"social_name\": {\n          \"maxLength\": 60,",
        ),
        ("\"mother_name\": {", "\"parent_name\": {"),
    ];
    let edited = edits.iter().fold(text, |text, (from, to)| {
        assert!(text.contains(from), "{from}");
        text.replacen(from, to, 1)
    });
    let folder = env::temp_dir().join(format!("codegen-evolution-{}", std::process::id()));
    fs::create_dir_all(&folder).unwrap();
    let (old, new) =
        (folder.join("customer_incoming-1.json"), folder.join("customer_incoming-2.json"));
    fs::copy(CUSTOMER, &old).unwrap();
    fs::write(&new, edited).unwrap();
    let evolution = evolution::compare_files(&old, &new).unwrap();
    fs::remove_dir_all(&folder).unwrap();

    let prefix = format!("{}/", folder.display());
    let shown = format!("{evolution}\n").replace(&prefix, "").replace('\\', "/");
    assert!(shown == TEXT, "{shown}");
    let error = evolution.assert_compatible(Compatibility::Forward).unwrap_err();
    assert!(error.changes().iter().all(|change| change.breaks.readers));
    assert!(
        error.to_string().starts_with("the new version is not forward compatible\n\nbreaking: ")
    );
    assert_eq!(format!("{error:?}"), error.to_string());
}
