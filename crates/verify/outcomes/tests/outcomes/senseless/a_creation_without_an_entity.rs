use migration_events_outcomes::{MeterMoved, meter_moved};

fn main() {
    let migration = meter_moved::Migration { id: "m-1".into() };
    let _ = MeterMoved::succeeded("M-1", "moved", migration).created();
}
