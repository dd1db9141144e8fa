//! A bucket, which here is a listener of the test's own that keeps what it is given. With `-p store` alone it needs `--features s3`.

use super::{BucketSettings, PicturePlace, Shelves, new_key, sha256};
use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

type Kept = Arc<Mutex<BTreeMap<String, Vec<u8>>>>;

const FACTS: &str = "last-modified: Wed, 21 Oct 2026 07:28:00 GMT\r\netag: \"x\"\r\n";

/// Listens, and says where.
async fn listen(kept: Kept) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            tokio::spawn(answer_all(stream, Arc::clone(&kept)));
        }
    });
    address
}

async fn answer_all(mut stream: TcpStream, kept: Kept) {
    let mut came = Vec::new();
    loop {
        let head = came.windows(4).position(|four| four == b"\r\n\r\n").map(|at| at + 4);
        let text = String::from_utf8_lossy(&came[..head.unwrap_or_default()]).to_lowercase();
        let length =
            text.lines().find_map(|line| line.strip_prefix("content-length: ")?.trim().parse().ok()).unwrap_or(0);
        let Some(end) = head.map(|head| head + length).filter(|end| came.len() >= *end) else {
            if stream.read_buf(&mut came).await.unwrap_or_default() == 0 {
                return;
            }
            continue;
        };
        assert!(text.contains("authorization: aws4-hmac-sha256 credential=ak/"), "{text}");
        let body = came[end - length..end].to_vec();
        let mut words = text.split(' ').map(str::to_owned);
        let (method, path) = (words.next().unwrap(), words.next().unwrap());
        came.drain(..end);
        if stream.write_all(&answer(&method, path, body, &kept)).await.is_err() {
            return;
        }
    }
}

fn answer(method: &str, path: String, body: Vec<u8>, kept: &Kept) -> Vec<u8> {
    let mut kept = kept.lock().unwrap();
    let said = |head: &str, body: &[u8]| [head.as_bytes(), b"\r\n", body].concat();
    match (method, kept.get(&path).cloned()) {
        ("put", _) => {
            kept.insert(path, body);
            said(&format!("HTTP/1.1 200 OK\r\n{FACTS}content-length: 0\r\n"), b"")
        }
        ("delete", _) => {
            kept.remove(&path);
            said("HTTP/1.1 204 No Content\r\n", b"")
        }
        (_, None) => said("HTTP/1.1 404 Not Found\r\ncontent-length: 0\r\n", b""),
        (_, Some(bytes)) => {
            let head = format!("HTTP/1.1 200 OK\r\n{FACTS}content-length: {}\r\n", bytes.len());
            said(&head, if method == "get" { &bytes } else { b"" })
        }
    }
}

#[tokio::test]
async fn a_bucket_gives_back_what_it_was_given() {
    let kept = Kept::default();
    let settings = BucketSettings {
        endpoint: listen(Arc::clone(&kept)).await,
        bucket: "paper".into(),
        region: "us-east-1".into(),
        key: "AK".into(),
        secret: "hunter2".into(),
    };
    let shelves = Shelves::new(PicturePlace::Bucket, None, Some(settings)).unwrap();
    let (place, key) = (PicturePlace::Bucket, new_key(&sha256(b"ink"), "aa.jpg").unwrap());
    assert_eq!((shelves.get(place, &key).await, shelves.exists(place, &key).await), (Ok(None), Ok(false)));
    shelves.put(place, &key, b"ink").await.unwrap();
    assert!(kept.lock().unwrap().contains_key(&format!("/paper/{key}")), "the bucket's name stands before the key");
    assert_eq!(
        (shelves.get(place, &key).await, shelves.exists(place, &key).await),
        (Ok(Some(b"ink".to_vec())), Ok(true))
    );
    shelves.delete(place, &key).await.unwrap();
    shelves.delete(place, &key).await.unwrap();
    assert_eq!((shelves.get(place, &key).await, kept.lock().unwrap().len()), (Ok(None), 0));
}
