//! The same bytes as a file behind nginx: as fast as a page can come from this machine.

use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};

use super::paper::{answers, first_file, free_port};

const PATIENCE: Duration = Duration::from_secs(10);
const A_MOMENT: Duration = Duration::from_millis(20);

/// nginx with a configuration of its own, as fast as it can be set: no log, files kept open, the page packed beforehand.
pub struct Nginx {
    child: Child,
    /// `http://127.0.0.1:PORT`.
    pub address: String,
}

impl Nginx {
    /// Serves a folder.
    pub fn start(files: &Path) -> Result<Self> {
        let program = first_file(&["/usr/sbin/nginx", "/usr/local/sbin/nginx", "/usr/bin/nginx"]);
        let program = program.context("nginx is not installed (apt-get install nginx-light)")?;
        let port = free_port()?;
        let home = files.join(".nginx");
        std::fs::create_dir_all(&home).context("a folder for nginx")?;
        let conf = home.join("nginx.conf");
        std::fs::write(&conf, configuration(&home, files, port)).context("nginx.conf")?;
        let child = Command::new(program)
            .args(["-p", &home.display().to_string(), "-c", &conf.display().to_string(), "-e", "stderr"])
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
        let mut nginx = Self { child: child.context("nginx")?, address: format!("http://127.0.0.1:{port}") };
        let start = Instant::now();
        while !answers(port) {
            if let Some(status) = nginx.child.try_wait().context("nginx")? {
                bail!("nginx ended at once: {status}");
            }
            ensure!(start.elapsed() < PATIENCE, "nginx does not answer");
            std::thread::sleep(A_MOMENT);
        }
        Ok(nginx)
    }
}

impl Drop for Nginx {
    fn drop(&mut self) {
        // The master takes its workers along when it is asked; one that does not answer is killed.
        let asked = Command::new("kill").args(["-TERM", &self.child.id().to_string()]).status();
        if !asked.is_ok_and(|status| status.success()) {
            let _ = self.child.kill();
        }
        let _ = self.child.wait();
    }
}

fn configuration(home: &Path, files: &Path, port: u16) -> String {
    let (home, files) = (home.display(), files.display());
    // Without a user of its own, root's workers would be nobody's and could not read the folder.
    let user = if std::env::var("USER").is_ok_and(|name| name != "root") { "" } else { "user root;" };
    format!(
        "daemon off; worker_processes auto; pid {home}/pid; error_log stderr crit; {user}
         events {{ worker_connections 1024; }}
         http {{
           access_log off; sendfile on; tcp_nopush on; tcp_nodelay on; keepalive_requests 100000000; etag off;
           client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
           uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
           default_type 'text/html; charset=utf-8'; open_file_cache max=64; gzip_static on;
           server {{ listen 127.0.0.1:{port}; root {files}; }}
         }}"
    )
}
