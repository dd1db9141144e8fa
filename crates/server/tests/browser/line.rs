//! A line between browsers and a paper that can be cut: what a browser's own protocol takes away from a page it leaves to the
//! page's service worker.

use crate::running::{Running, free_port};
use tokio::io::copy_bidirectional;
use tokio::net::{TcpListener, TcpStream};
use tokio::task::{JoinHandle, JoinSet};

/// A port that leads to a paper while the line is there, and nowhere while it is cut.
pub struct Line {
    port: u16,
    paper: String,
    carrying: Option<JoinHandle<()>>,
}

impl Line {
    /// A line that is there.
    pub async fn to(paper: &Running) -> Self {
        let place = paper.address.strip_prefix("http://").expect("a place").to_owned();
        let mut line = Self { port: free_port(), paper: place, carrying: None };
        line.mend().await;
        line
    }

    /// Where the paper is, by this line.
    pub fn address(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Nothing comes through any more, and what was under way breaks.
    pub async fn cut(&mut self) {
        if let Some(carrying) = self.carrying.take() {
            carrying.abort();
            assert!(carrying.await.is_err(), "it ended by itself");
        }
    }

    /// It is there again.
    pub async fn mend(&mut self) {
        let listener = TcpListener::bind(("127.0.0.1", self.port)).await.expect("the port is free");
        self.carrying = Some(tokio::spawn(carry(listener, self.paper.clone())));
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        if let Some(carrying) = &self.carrying {
            carrying.abort();
        }
    }
}

/// Carries every connection until it is aborted; its connections go with it.
async fn carry(listener: TcpListener, paper: String) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((mut here, _)) = listener.accept().await else { continue };
        let paper = paper.clone();
        connections.spawn(async move {
            if let Ok(mut there) = TcpStream::connect(&paper).await {
                // Either side may hang up at any time.
                let _ = copy_bidirectional(&mut here, &mut there).await;
            }
        });
    }
}
