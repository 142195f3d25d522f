//! Types of several files.

use super::*;

/// Reads files as one run.
fn run(files: &[(&str, &str)]) -> Result<Model, Vec<Problem>> {
    let parsed: Vec<_> =
        files.iter().map(|(file, text)| (*file, Tree::parse(text).expect(text))).collect();
    let mut collection = Collection::default();
    let mut problems: Vec<Problem> =
        parsed.iter().flat_map(|(file, tree)| collection.add(file, "", tree, tree)).collect();
    let mut model = Model::default();
    for (file, tree) in &parsed {
        problems.extend(
            super::super::read(file, tree, tree, &collection, &mut model)
                .err()
                .into_iter()
                .flatten(),
        );
    }
    if !problems.is_empty() {
        return Err(problems);
    }
    crate::unify::unify(&mut model);
    Ok(model)
}

const TRIP: &str = r#"{"type":"record","name":"Trip","namespace":"bus","fields":[
    {"name":"from","type":"stops.Stop"},{"name":"to","type":"stops.Stop"}]}"#;
const STOP: &str = r#"{"type":"record","name":"Stop","namespace":"stops","doc":"A place.","fields":[
    {"name":"code","type":"string"},{"name":"zone","type":["null","Zone"],"default":null}]}"#;
const ZONE: &str = r#"{"type":"record","name":"stops.Zone","fields":[{"name":"n","type":"int"}]}"#;

#[test]
fn files_refer_to_each_other_in_any_order() {
    let (trip, stop, zone) = (("trip.avsc", TRIP), ("stop.avsc", STOP), ("zone.avsc", ZONE));
    for files in [[trip, stop, zone], [zone, stop, trip], [stop, trip, zone]] {
        let model = run(&files).unwrap_or_else(|problems| panic!("{problems:#?}"));
        let names: std::collections::BTreeSet<_> = model
            .definitions
            .iter()
            .map(|definition| (definition.hint.as_str(), definition.file.as_str()))
            .collect();
        let expected = [("Stop", "stop.avsc"), ("Trip", "trip.avsc"), ("Zone", "zone.avsc")];
        assert_eq!(names, expected.into());
        assert_eq!((model.definitions.len(), model.contracts.len()), (3, 3));
    }
}

#[test]
fn completed_schemas_stand_alone() {
    let model = run(&[("zone.avsc", ZONE), ("trip.avsc", TRIP), ("stop.avsc", STOP)]).unwrap();
    let trip = model.contracts.iter().find(|contract| contract.name == "bus.Trip").unwrap();
    let schema = trip.avro.as_ref().unwrap();
    assert_eq!(
        schema.canonical_form,
        r#"{"name":"bus.Trip","type":"record","fields":[{"name":"from","type":{"name":"stops.Stop","type":"record","fields":[{"name":"code","type":"string"},{"name":"zone","type":["null",{"name":"stops.Zone","type":"record","fields":[{"name":"n","type":"int"}]}]}]}},{"name":"to","type":"stops.Stop"}]}"#
    );
    // The text is a schema for other readers, too.
    let alone = self::model(&schema.json);
    assert_eq!(alone.contracts[0].avro.as_ref().unwrap().sha256, schema.sha256);
}

/// A record with its own copy of `Meta`, whose attributes come last.
fn with_meta(name: &str, meta: &str) -> String {
    format!(
        r#"{{"type":"record","name":"{name}","namespace":"n","fields":[
            {{"name":"m","type":{{"type":"record","name":"Meta",{meta}}}}}]}}"#
    )
}

#[test]
fn equal_definitions_are_one_type() {
    let p = with_meta(
        "P",
        r#""fields":[{"name":"id","type":["null",{"type":"enum","name":"E","symbols":["A"]}]}]"#,
    );
    let q = with_meta(
        "Q",
        r#""doc":"d","fields":[{"doc":"e","name":"id","type":["null",{"symbols":["A"],"type":"enum","name":"n.E"}]}]"#,
    );
    let model = run(&[("p.avsc", &p), ("q.avsc", &q)]).unwrap();
    let mut hints: Vec<_> = model.definitions.iter().map(|definition| &*definition.hint).collect();
    hints.sort_unstable();
    assert_eq!(hints, ["E", "Meta", "P", "Q"]);
    // The merged type has the documentation of either.
    let meta = model.definitions.iter().find(|definition| definition.hint == "Meta").unwrap();
    assert_eq!(meta.docs.description.as_deref(), Some("d"));
}

#[test]
fn unions_inside_of_equal_definitions_are_one_type() {
    let fields = r#""fields":[{"name":"v","type":{"type":"array","items":["int","string"]}},{"name":"w","type":["int","Meta"]}]"#;
    let (p, q) = (with_meta("P", fields), with_meta("Q", fields));
    let model = run(&[("p.avsc", &p), ("q.avsc", &q)]).unwrap();
    // `P`, `Q`, `Meta` and two unions.
    assert_eq!(model.definitions.len(), 5);
}

#[test]
fn different_definitions_name_both_places() {
    let p = with_meta("P", r#""fields":[{"name":"id","type":"string"}]"#);
    for other in [
        r#""fields":[{"name":"id","type":"int"}]"#,
        r#""fields":[{"name":"id","type":"string","default":""}]"#,
        r#""fields":[{"name":"id","type":{"type":"string","logicalType":"uuid"}}]"#,
        r#""fields":[]"#,
    ] {
        let q = with_meta("Q", other);
        let problems = run(&[("p.avsc", &p), ("q.avsc", &q)]).unwrap_err();
        let [problem] = problems.as_slice() else { panic!("{problems:#?}") };
        assert_eq!((&*problem.file, &*problem.pointer), ("q.avsc", "/fields/0/type"));
        assert_eq!(problem.message, "`n.Meta` is defined differently at p.avsc#/fields/0/type");
    }
}

#[test]
fn definitions_repeated_by_an_inserted_type_become_references() {
    // `Leg` brings `stops.Zone`, which `Plan` and `Tail` define too: one after it, one before it.
    let leg = r#"{"type":"record","name":"Leg","namespace":"bus","fields":[{"name":"z","type":
        {"type":"record","name":"stops.Zone","fields":[{"name":"n","type":"int"}]}}]}"#;
    let zone = ZONE;
    let after = format!(
        r#"{{"type":"record","name":"Plan","namespace":"bus","fields":[
        {{"name":"l","type":"Leg"}},{{"name":"z","type":{zone}}}]}}"#
    );
    let before = format!(
        r#"{{"type":"record","name":"Tail","namespace":"bus","fields":[
        {{"name":"z","type":{zone}}},{{"name":"l","type":"Leg"}}]}}"#
    );
    let model =
        run(&[("after.avsc", &after), ("before.avsc", &before), ("leg.avsc", leg)]).unwrap();
    let hints: std::collections::BTreeSet<_> = model.definitions.iter().map(|d| &*d.hint).collect();
    assert_eq!(hints, ["Leg", "Plan", "Tail", "Zone"].into());
    assert_eq!(model.definitions.len(), 4);
}

#[test]
fn problems_of_inserted_types_name_their_file() {
    let stop = STOP.replace(r#""default":null"#, r#""default":7"#);
    let problems =
        run(&[("trip.avsc", TRIP), ("stop.avsc", &stop), ("zone.avsc", ZONE)]).unwrap_err();
    for problem in problems {
        assert_eq!((&*problem.file, &*problem.pointer), ("stop.avsc", "/fields/1/default"));
    }
}

#[test]
fn names_of_no_file_are_refused() {
    let problems = run(&[("trip.avsc", TRIP), ("zone.avsc", ZONE)]).unwrap_err();
    assert_eq!(problems[0].message, "`stops.Stop` is not defined before this place");
    assert!(problems[0].help.contains("add the file that defines it"), "{}", problems[0]);
    let problems =
        run(&[("trip.avsc", &TRIP.replace("stops.Stop", "other.Zone")), ("zone.avsc", ZONE)]);
    assert_eq!(problems.unwrap_err()[0].help, "did you mean `stops.Zone`?");
}

#[test]
fn recursion_through_several_files_ends() {
    let a = r#"{"type":"record","name":"A","namespace":"n","fields":[{"name":"b","type":["null","B"]}]}"#;
    let b = r#"{"type":"record","name":"B","namespace":"n","fields":[{"name":"a","type":["null","A"]}]}"#;
    let model = run(&[("a.avsc", a), ("b.avsc", b)]).unwrap();
    assert_eq!((model.definitions.len(), model.contracts.len()), (2, 2));
}

#[test]
fn wrapped_schemas_are_schemas() {
    let wrapped = r#"{"type":{"type":"record","name":"R","doc":null,"aliases":null,"namespace":null,
        "fields":[{"name":"f","doc":null,"type":{"type":["null",{"type":"int"}]}}]}}"#;
    let model = model(wrapped);
    let Shape::Record(record) = model.root() else { panic!() };
    assert_eq!(
        (&record.fields[0].slot.ty, record.fields[0].slot.nullable),
        (&Type::Integer32, true)
    );
    assert_eq!(
        model.contracts[0].avro.as_ref().unwrap().json,
        r#"{"type":"record","name":"R","fields":[{"name":"f","type":["null",{"type":"int"}]}]}"#
    );
}

#[test]
fn errors_are_records() {
    let model =
        model(r#"{"type":"error","name":"Failed","fields":[{"name":"why","type":"string"}]}"#);
    let schema = model.contracts[0].avro.as_ref().unwrap();
    assert!(schema.json.starts_with(r#"{"type":"record""#), "{}", schema.json);
    assert!(schema.canonical_form.contains(r#""type":"record""#), "{}", schema.canonical_form);
}

#[test]
fn further_attributes_are_not_schemas() {
    let a = r#"{"type":"enum","name":"A","symbols":["X"],"values":["B"],"items":{"type":"fixed","name":"C","size":1}}"#;
    let b = r#"{"type":"record","name":"B","fields":[{"name":"c","type":"C"}]}"#;
    let problems = run(&[("a.avsc", a), ("b.avsc", b)]).unwrap_err();
    assert_eq!(problems.len(), 1, "{problems:#?}");
    let b = b.replace("\"C\"", "\"A\"");
    let model = run(&[("a.avsc", a), ("b.avsc", &b)]).unwrap();
    assert!(model.contracts[0].avro.as_ref().unwrap().json.contains(r#""values":["B"]"#));
}
