//! The Boost event in the Avro JSON encoding: a union value is named by its branch.

use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct AccountMigrationEvent {
    event: Event,
}

#[derive(Serialize, Deserialize)]
enum Event {
    #[serde(rename = "uk.co.boostpower.support.kafka.messages.AccountMigrationCancelledEvent")]
    Cancelled(Cancelled),
    #[serde(rename = "uk.co.boostpower.support.kafka.messages.AccountMigrationCompletedEvent")]
    Completed(Completed),
    #[serde(
        rename = "uk.co.boostpower.support.kafka.messages.AccountMigrationRollBackInitiatedEvent"
    )]
    RollBackInitiated(RollBackInitiated),
    #[serde(rename = "uk.co.boostpower.support.kafka.messages.AccountMigrationRolledBackEvent")]
    RolledBack(RolledBack),
    #[serde(rename = "uk.co.boostpower.support.kafka.messages.AccountMigrationScheduledEvent")]
    Scheduled(Scheduled),
    #[serde(rename = "uk.co.boostpower.support.kafka.messages.AccountMigrationValidatedEvent")]
    Validated(Validated),
    #[serde(rename = "uk.co.boostpower.support.kafka.messages.BalanceRetrievedMigrationEvent")]
    BalanceRetrieved(BalanceRetrieved),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Metadata {
    event_id: String,
    trace_token: String,
    created_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Cancelled {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    mpan: String,
    effective_enrollment_date: i32,
    cancelled_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Completed {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    effective_enrollment_date: i32,
    completed_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RollBackInitiated {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    effective_enrollment_date: i32,
    roll_back_initiated_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct RolledBack {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    effective_enrollment_date: i32,
    rolled_back_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Scheduled {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    mpan: String,
    supply_start_date: i32,
    effective_enrollment_date: i32,
    scheduled_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct Validated {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    effective_enrollment_date: i32,
    validated_at: i64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
struct BalanceRetrieved {
    metadata: Metadata,
    enrollment_id: String,
    account_id: String,
    mpan: String,
    effective_enrollment_date: i32,
    retrieved_at: i64,
}
