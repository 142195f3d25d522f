use migration_events_outcomes::{MeterMoved, meter_moved};

fn main() {
    let migration = meter_moved::Migration { id: "m-1".into() };
    let _ = MeterMoved::failed("M-2", "gone", migration).created(meter_moved::Entity { meter: 7 });
}
