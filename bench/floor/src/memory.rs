//! Known answers over HTTP, by the bytes of their requests.

use std::collections::HashMap;
use std::fs::File;
use std::io::{BufRead, BufReader, Write};
use std::net::TcpListener;
use std::path::Path;
use std::time::Duration;

use actix_web::{App, HttpResponse, HttpServer, rt, web};
use anyhow::Context as _;
use serde::Deserialize;

/// The file: a line with the headers of every answer, then a line for each request.
#[derive(Deserialize)]
struct Exchange {
    request: String,
    answer: String,
}

/// What is served.
struct Answers {
    headers: Vec<(String, String)>,
    by_request: HashMap<web::Bytes, web::Bytes>,
}

/// Serves the answers of a file at a free port of this machine until it is told to stop.
pub(crate) fn serve(file: &Path, output: &mut dyn Write) -> anyhow::Result<()> {
    let answers = read(file).with_context(|| format!("cannot read {}", file.display()))?;
    let number = answers.by_request.len();
    let answers = web::Data::new(answers);
    let listener = TcpListener::bind(("127.0.0.1", 0)).context("cannot listen")?;
    let address = listener.local_addr()?;
    rt::System::new().block_on(async {
        // The settings of the gateway's own server, and its number of workers: one for each core.
        let server = HttpServer::new(move || {
            App::new()
                .app_data(answers.clone())
                .route("/graphql", web::post().to(answer))
        })
        .client_request_timeout(Duration::from_secs(5))
        .keep_alive(Duration::from_secs(15))
        .client_disconnect_timeout(Duration::from_secs(3))
        .h1_allow_half_closed(false)
        .tcp_nodelay(true)
        .shutdown_timeout(1)
        .listen(listener)?
        .run();
        writeln!(output, "graph    http://{address}/\nanswers  {number}")?;
        output.flush()?;
        server.await.context("the server failed")
    })
}

fn read(file: &Path) -> anyhow::Result<Answers> {
    let mut lines = BufReader::new(File::open(file)?).lines();
    let headers = lines.next().context("the file is empty")??;
    let headers = serde_json::from_str(&headers)?;
    let mut by_request = HashMap::new();
    for line in lines {
        let Exchange { request, answer } = serde_json::from_str(&line?)?;
        by_request.insert(request.into(), answer.into());
    }
    Ok(Answers {
        headers,
        by_request,
    })
}

async fn answer(request: web::Bytes, answers: web::Data<Answers>) -> HttpResponse {
    let Some(answer) = answers.by_request.get(&request) else {
        return HttpResponse::NotFound().finish();
    };
    let mut response = HttpResponse::Ok();
    for (name, value) in &answers.headers {
        response.insert_header((name.as_str(), value.as_str()));
    }
    response.body(answer.clone())
}
