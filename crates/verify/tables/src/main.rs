//! Writes the generated tables into the README and the pages of `docs/`.

fn main() -> migration_events_tables::Result<()> {
    migration_events_tables::write()
}
