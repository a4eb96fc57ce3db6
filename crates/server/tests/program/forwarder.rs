//! A load balancer as small as one can be: each new connection goes to a server that is ready.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Condvar, Mutex};
use std::thread;
use std::time::Duration;

/// How long a change of `/readyz` can stay unnoticed.
const PROBE_INTERVAL: Duration = Duration::from_millis(10);
/// How long one probe may take; long, because a busy machine is no reason to drop a server.
const PROBE_TIMEOUT: Duration = Duration::from_secs(2);

/// Forwards connections to servers that say at `/readyz` that they are ready.
///
/// A connection stays with its server. Nothing is tried twice: a server that said that it is ready
/// and does not accept the connection costs the client its request.
pub(crate) struct Forwarder {
    address: SocketAddr,
    servers: Arc<Servers>,
    /// The prober ends when this is dropped.
    _alive: Sender<()>,
}

impl Forwarder {
    pub(crate) fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let servers = Arc::new(Servers::default());
        let (alive, ended) = mpsc::channel();
        let (probed, chosen) = (Arc::clone(&servers), Arc::clone(&servers));
        thread::spawn(move || probed.keep_probing(&ended));
        thread::spawn(move || accept(&listener, &chosen));
        Self {
            address,
            servers,
            _alive: alive,
        }
    }

    /// Where clients connect.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Takes a server into the set, and waits until a probe has found it ready.
    pub(crate) fn add(&self, address: &str) {
        let address = address.parse().unwrap();
        let mut known = self.servers.known.lock().unwrap();
        known.push(KnownServer {
            address,
            ready: false,
        });
        let waiting = |known: &mut Vec<KnownServer>| {
            known
                .iter()
                .any(|server| server.address == address && !server.ready)
        };
        drop(self.servers.probed.wait_while(known, waiting).unwrap());
    }

    /// Takes a server out of the set.
    pub(crate) fn remove(&self, address: &str) {
        let address: SocketAddr = address.parse().unwrap();
        let mut known = self.servers.known.lock().unwrap();
        known.retain(|server| server.address != address);
    }
}

struct KnownServer {
    address: SocketAddr,
    /// What the last probe found.
    ready: bool,
}

/// The servers to choose from.
#[derive(Default)]
struct Servers {
    known: Mutex<Vec<KnownServer>>,
    /// Told after every round of probes.
    probed: Condvar,
    /// How many connections were given away, so that they go round.
    given: AtomicUsize,
}

impl Servers {
    /// Probes until the sender is gone; waiting for that is also what paces the probes.
    fn keep_probing(&self, ended: &Receiver<()>) {
        while ended.recv_timeout(PROBE_INTERVAL) == Err(RecvTimeoutError::Timeout) {
            let known = self.known.lock().unwrap();
            let addresses: Vec<SocketAddr> = known.iter().map(|server| server.address).collect();
            drop(known);
            for address in addresses {
                let ready = is_ready(address).unwrap_or(false);
                let mut known = self.known.lock().unwrap();
                let probed = known.iter_mut().filter(|server| server.address == address);
                probed.for_each(|server| server.ready = ready);
            }
            self.probed.notify_all();
        }
    }

    /// A server that is ready, each in its turn.
    fn choose(&self) -> Option<SocketAddr> {
        let known = self.known.lock().unwrap();
        let ready: Vec<SocketAddr> = known
            .iter()
            .filter(|server| server.ready)
            .map(|server| server.address)
            .collect();
        let turn = self.given.fetch_add(1, Ordering::Relaxed);
        ready.get(turn % ready.len().max(1)).copied()
    }
}

/// Whether `/readyz` answers with 200.
fn is_ready(address: SocketAddr) -> io::Result<bool> {
    let mut stream = TcpStream::connect_timeout(&address, PROBE_TIMEOUT)?;
    stream.set_read_timeout(Some(PROBE_TIMEOUT))?;
    stream.write_all(b"GET /readyz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer)?;
    Ok(answer.starts_with("HTTP/1.1 200 "))
}

/// Gives each connection to a server; one that no server takes is closed.
fn accept(listener: &TcpListener, servers: &Servers) {
    for client in listener.incoming() {
        let server = servers.choose().map(TcpStream::connect);
        if let (Ok(client), Some(Ok(server))) = (client, server) {
            join(client, server).unwrap();
        }
    }
}

/// Copies bytes in both directions until each side has said its last.
fn join(client: TcpStream, server: TcpStream) -> io::Result<()> {
    client.set_nodelay(true)?;
    server.set_nodelay(true)?;
    let (from_client, to_server) = (client.try_clone()?, server.try_clone()?);
    thread::spawn(move || copy(from_client, to_server));
    thread::spawn(move || copy(server, client));
    Ok(())
}

/// Copies what one side says and passes its end on; a broken connection ends as well.
fn copy(mut from: TcpStream, mut to: TcpStream) {
    let _ = io::copy(&mut from, &mut to);
    let _ = to.shutdown(Shutdown::Write);
}
