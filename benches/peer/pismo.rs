//! The four Pismo events.

use chrono::{DateTime, FixedOffset, NaiveDate};
use serde::{Deserialize, Serialize};

#[derive(Serialize, Deserialize)]
pub(crate) struct AccrualIncoming {
    origin: Origin,
    file_name: Option<String>,
    file_size: Option<i64>,
    file_id: Option<String>,
    line_number: i64,
    entity: AccrualEntity,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Origin {
    File,
    Api,
}

#[derive(Serialize, Deserialize)]
struct AccrualEntity {
    migration: AccrualMigration,
    org_id: String,
    cid: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_id: Option<String>,
    #[serde(rename = "type")]
    kind: String,
    flag: Flag,
    authorization_type: AuthorizationType,
    accounting_date: NaiveDate,
    #[serde(skip_serializing_if = "Option::is_none")]
    can_go_into_delinquency: Option<bool>,
    accruals: Vec<Accrual>,
    metadata: serde_json::Value,
}

#[derive(Serialize, Deserialize)]
struct AccrualMigration {
    id: String,
    version_date: DateTime<FixedOffset>,
    account_id: String,
    authorization_id: String,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Flag {
    Text(String),
    Boolean(bool),
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum AuthorizationType {
    Platform,
    Network,
}

#[derive(Serialize, Deserialize)]
struct Accrual {
    #[serde(rename = "type")]
    kind: AccrualType,
    amount: f64,
    interest_rate: f64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum AccrualType {
    Refinancing,
    Iof,
    Overdue,
    Fine,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct CustomerIncoming {
    entity: CustomerEntity,
}

#[derive(Serialize, Deserialize)]
struct CustomerEntity {
    migration: CustomerMigration,
    #[serde(skip_serializing_if = "Option::is_none")]
    social_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    is_active: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<Person>,
}

#[derive(Serialize, Deserialize)]
struct CustomerMigration {
    id: String,
    account_id: String,
    version_date: DateTime<FixedOffset>,
}

#[derive(Serialize, Deserialize)]
struct Person {
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    document_number: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registration: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    gender: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    mother_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    marital_status: Option<String>,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct CustomerOutgoing {
    code: String,
    message: String,
    migration: OutcomeMigration,
    status: Status,
    #[serde(skip_serializing_if = "Option::is_none")]
    entity: Option<Migrated>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<Operation>,
}

#[derive(Serialize, Deserialize)]
struct OutcomeMigration {
    id: String,
    version_date: DateTime<FixedOffset>,
    #[serde(skip_serializing_if = "Option::is_none")]
    phase_id: Option<String>,
    account_id: String,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Status {
    Success,
    Fail,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "UPPERCASE")]
enum Operation {
    Creation,
    Update,
}

#[derive(Serialize, Deserialize)]
struct Migrated {
    account_id: i64,
    customer_id: i64,
}

#[derive(Serialize, Deserialize)]
pub(crate) struct RecurringChargePlanIncoming {
    entity: PlanEntity,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_size: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    file_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    line_number: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    origin: Option<Origin>,
}

/// Follows the sample: cycles are integers there, and one name is spelt as the sample has it.
#[derive(Serialize, Deserialize)]
struct PlanEntity {
    migration: PlanMigration,
    #[serde(skip_serializing_if = "Option::is_none")]
    split_transaction: Option<bool>,
    processing_code: String,
    installment_amount: f64,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
    number_of_cycles: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_cycle_to_discount: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    discount_percentage: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secondary_processing_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secondary_description: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    minimum_spend_to_charge: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    renew_method: Option<RenewMethod>,
}

#[derive(Serialize, Deserialize)]
struct PlanMigration {
    id: String,
    version_date: DateTime<FixedOffset>,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
enum RenewMethod {
    NoRenew,
    WithoutDiscount,
    WithDiscount,
}
