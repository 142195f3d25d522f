//! The contracts of Pismo by the feature that compiles them.
//!
//! The build script and the tests share this table.

/// Each feature of Pismo, and the contracts it adds. Every feature implies the first one.
pub(crate) const GROUPS: &[(&str, &[&str])] = &[
    (
        "pismo-core",
        &[
            "accrual_incoming",
            "customer_incoming",
            "customer_outgoing",
            "recurring_charge_plan_incoming",
        ],
    ),
    ("pismo-accounts", &["account_outgoing", "account_overlimit_outgoing"]),
    ("pismo-accruals", &["accrual_outgoing"]),
    (
        "pismo-authorizations",
        &[
            "authorization_incoming",
            "authorization_outgoing",
            "on_us_authorization_incoming",
            "on_us_authorization_outgoing",
        ],
    ),
    ("pismo-balances", &["balance_control_incoming", "balance_control_outgoing"]),
    (
        "pismo-cards",
        &[
            "card_incoming",
            "card_outgoing",
            "pci_card_outgoing",
            "token_incoming",
            "token_outgoing",
        ],
    ),
    (
        "pismo-charges",
        &[
            "fee_model_account_incoming",
            "fee_model_account_outgoing",
            "recurring_charge_link_incoming",
            "recurring_charge_link_outgoing",
            "recurring_charge_plan_outgoing",
        ],
    ),
    (
        "pismo-go-live",
        &[
            "account_go_live_outgoing",
            "account_pre_go_live_outgoing",
            "go_live_outgoing",
            "pci_card_go_live_outgoing",
            "pre_go_live_outgoing",
        ],
    ),
    (
        "pismo-merchants",
        &[
            "merchant_incoming",
            "merchant_outgoing",
            "merchant_transaction_incoming",
            "merchant_transaction_outgoing",
        ],
    ),
    ("pismo-statements", &["statement_incoming", "statement_outgoing"]),
    (
        "pismo-transactions",
        &[
            "instant_payment_outgoing",
            "payment_agreement_incoming",
            "payment_agreements_outgoing",
            "pre_scheduled_transaction_incoming",
            "pre_scheduled_transaction_outgoing",
            "transaction_incoming",
            "transaction_outgoing",
        ],
    ),
];

/// The files below `schemas` of the groups whose features are enabled.
pub(crate) fn files(is_enabled: impl Fn(&str) -> bool) -> Vec<String> {
    let enabled = GROUPS.iter().filter(|(feature, _)| is_enabled(feature));
    let mut names: Vec<&str> = enabled.flat_map(|(_, names)| names.iter().copied()).collect();
    names.sort_unstable();
    names.into_iter().map(|name| format!("pismo/{name}-1.json")).collect()
}
