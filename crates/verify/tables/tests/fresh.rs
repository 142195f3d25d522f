//! The committed documents say what was measured.

use migration_events_tables::{claimed, counted, pages};

#[test]
fn generated_tables_are_current() {
    for page in pages().unwrap() {
        assert!(page.rendered == page.committed, "{}: `just tables` writes it anew", page.file);
    }
}

#[test]
fn comparison_covers_the_whole_corpus() {
    for (contract, counts) in claimed().unwrap() {
        assert_eq!(
            counts,
            counted(&contract).unwrap(),
            "{contract}: `just peers-table` runs it anew"
        );
    }
}
