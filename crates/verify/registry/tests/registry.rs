//! The client against a registry of two schemas on this machine.

use migration_events::avro::{AvroContract, MemoryStore, Resolver, ResolverError, confluent};
use migration_events::boost::AccountMigrationEvent;
use migration_events_registry::{Registry, decode};
use schema_registry_converter::{async_impl, blocking};
use serde_json::{Value, json};
use std::io::{BufRead, BufReader, Write};
use std::net::{TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};

/// Answers `GET /schemas/ids/7` and what that schema refers to.
struct Server {
    url: String,
    requests: Arc<AtomicUsize>,
}

impl Server {
    fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", listener.local_addr().unwrap());
        let requests = Arc::new(AtomicUsize::new(0));
        let count = Arc::clone(&requests);
        // Ends with the test's process.
        std::thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                count.fetch_add(1, Ordering::Relaxed);
                answer(stream);
            }
        });
        Self { url, requests }
    }

    fn requests(&self) -> usize {
        self.requests.load(Ordering::Relaxed)
    }
}

fn answer(mut stream: TcpStream) {
    let mut lines = BufReader::new(stream.try_clone().unwrap()).lines().map_while(Result::ok);
    let request = lines.next().unwrap_or_default();
    lines.find(String::is_empty);
    let (event, metadata) = schemas();
    let (status, body) = match request.split(' ').nth(1).unwrap_or_default() {
        path if path.starts_with("/schemas/ids/7") => {
            let name = "com.ovoenergy.kafka.common.event.EventMetadata";
            let references = json!([{"name": name, "subject": "metadata", "version": 1}]);
            ("200 OK", json!({"schema": event, "references": references}))
        }
        path if path.starts_with("/subjects/metadata/versions/1") => {
            ("200 OK", json!({"subject": "metadata", "version": 1, "id": 6, "schema": metadata}))
        }
        _ => ("404 Not Found", json!({"error_code": 40403, "message": "Schema not found"})),
    };
    let body = body.to_string();
    let _ = write!(
        stream,
        "HTTP/1.1 {status}\r\ncontent-type: application/vnd.schemaregistry.v1+json\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
}

/// The event with its branches in reverse order, and the metadata of all of them as a schema of its own.
fn schemas() -> (String, String) {
    let mut event: Value = serde_json::from_str(AccountMigrationEvent::SCHEMA.json).unwrap();
    let branches = event["fields"][0]["type"].as_array_mut().unwrap();
    let metadata = branches[0]["fields"].as_array_mut().unwrap().iter_mut();
    let metadata = metadata.map(|field| &mut field["type"]).find(|schema| schema.is_object());
    let metadata = metadata.unwrap();
    let definition = metadata.to_string();
    assert!(definition.contains("EventMetadata"), "{definition}");
    *metadata = json!("com.ovoenergy.kafka.common.event.EventMetadata");
    branches.reverse();
    (event.to_string(), definition)
}

fn event() -> AccountMigrationEvent {
    let text =
        br#"{"event": {"uk.co.boostpower.support.kafka.messages.AccountMigrationCompletedEvent": {
        "metadata": {"eventId": "e-1", "traceToken": "t-1", "createdAt": 1525478400000},
        "enrollmentId": "123", "accountId": "2222222",
        "effectiveEnrollmentDate": 123123123, "completedAt": 1525478400000}}}"#;
    migration_events::Event::from_json(text).unwrap()
}

/// As the other service writes it.
fn message(id: u32) -> Vec<u8> {
    let mut message = confluent::encode(id, &event());
    // The first byte of the datum is the index of the branch, times two.
    message[confluent::HEADER_LEN] = 12 - message[confluent::HEADER_LEN];
    message
}

#[test]
fn messages_are_decoded_with_registered_schemas() {
    let server = Server::start();
    let settings = blocking::schema_registry::SrSettings::new(server.url.clone());
    let resolver = Resolver::new(Registry::new(settings));
    for _ in 0..3 {
        let decoded: AccountMigrationEvent = resolver.decode_confluent(&message(7)).unwrap();
        assert_eq!(decoded, event());
    }
    assert_eq!(server.requests(), 2);
}

#[test]
fn a_missing_schema_is_unknown_not_failed() {
    let server = Server::start();
    let settings = blocking::schema_registry::SrSettings::new(server.url.clone());
    let resolver = Resolver::new(Registry::new(settings));
    let error = resolver.decode_confluent::<AccountMigrationEvent>(&message(8)).unwrap_err();
    assert!(matches!(error, ResolverError::UnknownSchema { .. }), "{error:?}");

    let nobody = blocking::schema_registry::SrSettings::new("http://127.0.0.1:1".into());
    let resolver = Resolver::new(Registry::new(nobody));
    let error = resolver.decode_confluent::<AccountMigrationEvent>(&message(7)).unwrap_err();
    assert!(matches!(error, ResolverError::Store { .. }), "{error:?}");
}

#[test]
fn an_asynchronous_service_fetches_a_schema_once() {
    let server = Server::start();
    let settings = async_impl::schema_registry::SrSettings::new(server.url.clone());
    let resolver = Resolver::new(MemoryStore::new());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        for _ in 0..3 {
            let decoded: AccountMigrationEvent =
                decode(&resolver, &settings, &message(7)).await.unwrap();
            assert_eq!(decoded, event());
        }
        let unknown = decode::<AccountMigrationEvent>(&resolver, &settings, &message(8)).await;
        assert!(unknown.is_err());
    });
    assert_eq!(server.requests(), 3);
}
