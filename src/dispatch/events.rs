//! The table of all events that are recognised: one row for each.
//!
//! [`AnyEvent`](super::AnyEvent), recognition, decoding, identity and answers to rejected messages are made
//! from it. A row says what the variant is called and documented, how the event is delivered, by which
//! [signs](super::signs::Sign) it is recognised, and which outcome answers it. A contract of a family
//! that is in no row does not compile.
//!
//! | delivered | the event comes |
//! |---|---|
//! | `Enveloped` | in the envelope of Pismo, or without |
//! | `Bare` | as JSON |
//! | `Avro` | in the JSON encoding of Avro, or as a framed datum |

macro_rules! events {
    ($expand:ident) => {
        $expand! {
            "pismo" pismo {
                /// A customer to be migrated.
                CustomerIncoming = Enveloped CustomerIncoming by [
                    Sign::EventType,
                    // Its contract is open everywhere: an accrual that lacks one property would pass as a
                    // customer.
                    Sign::EntityMemberUnlessOther("migration")
                ] answered by CustomerOutgoing;
                /// The outcome of the migration of a customer.
                CustomerOutgoing = Enveloped CustomerOutgoing by [
                    Sign::EventType,
                    Sign::TwoMembersOf(&["status", "code", "migration"])
                ];
                /// An accrual to be migrated.
                AccrualIncoming = Enveloped AccrualIncoming by [
                    Sign::EventType,
                    Sign::EntityMember(&["accruals", "accounting_date", "authorization_type"])
                ];
                /// A recurring charge plan to be migrated.
                RecurringChargePlanIncoming = Enveloped RecurringChargePlanIncoming by [
                    Sign::EventType,
                    Sign::EntityMember(&[
                        "installment_amount",
                        "processing_code",
                        "number_of_cycles",
                    ])
                ];
                without signs []
            }
            "boost" boost {
                /// A step in the migration of an account.
                AccountMigration = Avro AccountMigrationEvent by [
                    Sign::BranchOfEvent("uk.co.boostpower.support.kafka.messages.")
                ];
                without signs []
            }
            "specsavers" specsavers {
                /// A customer was created.
                CustomerCreated = Bare CustomerCreated by [
                    Sign::CloudEventType("com.specsavers.customer.created")
                ];
                // The `type` that these have on the wire is not published.
                without signs [CustomerUpdated, CustomerWalletUpdated, PasswordReset, OtpCode]
            }
        }
    };
}
