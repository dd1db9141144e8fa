//! From which networks somebody sent: compared for some days, and then forgotten with the key.

use crate::both::on_both;
use crate::paper;
use crate::paper::{HUDA, at};
use jiff::SignedDuration;
use newsroom::{StaffId, VisitorId};
use store::networks::{NetworkHash, SentFrom};

const MONTH: SignedDuration = SignedDuration::from_hours(24 * 30);
const DAY: i64 = 24 * 60 * 60;

#[tokio::test]
async fn who_sent_from_the_same_network_is_found_under_one_key_and_whoever_looks_is_written_down() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let amin = VisitorId(502);
        let key = store.network_key(MONTH, at(20_000)).await.unwrap();
        assert_eq!(store.network_key(MONTH, at(20_000 + 29 * DAY)).await.unwrap(), key, "it stays for its time");
        let (cafe, home) = (NetworkHash("a".repeat(32)), NetworkHash("b".repeat(32)));
        store.note_network(HUDA, &SentFrom { key: key.id, network: cafe.clone() }, at(20_000)).await.unwrap();
        store.note_network(HUDA, &SentFrom { key: key.id, network: cafe.clone() }, at(20_100)).await.unwrap();
        store.note_network(amin, &SentFrom { key: key.id, network: home.clone() }, at(20_200)).await.unwrap();
        assert_eq!(store.look_at_network(HUDA, StaffId(1), 10, at(20_300)).await.unwrap(), []);
        store.note_network(amin, &SentFrom { key: key.id, network: cafe.clone() }, at(20_400)).await.unwrap();
        let others = store.look_at_network(HUDA, StaffId(1), 10, at(20_500)).await.unwrap();
        assert_eq!(others.iter().map(|one| (one.visitor, one.last_at)).collect::<Vec<_>>(), [(amin, at(20_400))]);
        let looks = store.network_looks(HUDA, 10).await.unwrap();
        assert_eq!(
            looks.iter().filter(|look| look.by == StaffId(1)).map(|look| look.at).collect::<Vec<_>>(),
            [at(20_500), at(20_300)]
        );
    })
    .await;
}

#[tokio::test]
async fn a_key_has_its_time_and_hashes_go_when_nothing_came_from_there() {
    on_both(|store| async move {
        paper::fill(&store).await;
        let (amin, cafe) = (VisitorId(502), NetworkHash("a".repeat(32)));
        let first = store.network_key(MONTH, at(20_000)).await.unwrap();
        store.note_network(HUDA, &SentFrom { key: first.id, network: cafe.clone() }, at(20_000)).await.unwrap();
        let second = store.network_key(MONTH, at(20_000 + 30 * DAY)).await.unwrap();
        assert!(second.id != first.id && second.key != first.key && second.until > first.until);
        store
            .note_network(amin, &SentFrom { key: second.id, network: cafe.clone() }, at(20_000 + 30 * DAY))
            .await
            .unwrap();
        let others = store.look_at_network(HUDA, StaffId(1), 10, at(20_001 + 30 * DAY)).await.unwrap();
        assert_eq!(others, [], "hashes of two keys are never compared");
        assert_eq!(store.sweep_networks(at(20_001)).await.unwrap(), 1);
        assert_eq!(store.sweep_networks(at(20_001)).await.unwrap(), 0);
        let all = store.table_rows("secrets", None, 100).await.unwrap();
        assert!(all.iter().all(|row| row["name"].as_str().is_some_and(|name| !name.contains("network"))));
        assert!(
            !store::Store::tables().iter().any(|table| table.contains("network_k") || table.contains("visitor_n_"))
        );
    })
    .await;
}
