//! The process that is killed: tasks that store and edit roles, and say what they do.

use std::io::{BufRead as _, Write as _};
use std::sync::Arc;
use std::time::Duration;

use app::{AppError, Attempt, Catalogue, Receipt, RoleWrite, StoreOptions};
use domain::id::IdSource;
use domain::limits::ContentLimits;
use domain::read::{RoleBy, RoleParts};
use domain::role::{IdentifiedDraft, RoleDraft};
use persistence::{Database, DatabaseSettings};
use testkit::{ManualClock, SequentialIds, draft};

/// Tasks that write at the same time; each has roles that only it edits.
const WRITERS: usize = 8;
/// Edits for every new role.
const EDITS: usize = 20;
/// How long a task waits before it tries again what has failed.
const PAUSE: Duration = Duration::from_millis(20);

/// A write, and the role that it makes or edits.
#[derive(Clone, Debug)]
struct Operation {
    role: String,
    number: String,
}

/// What one task begins with.
#[derive(Clone, Debug, Default)]
struct Work {
    roles: Vec<String>,
    /// Writes of the task's predecessor whose outcome is not known.
    repeated: Vec<Operation>,
}

/// Writes until the process is killed.
pub(crate) async fn run(url: &str, generation: u32) {
    let work = read_work();
    let settings = DatabaseSettings {
        acquire_timeout: Duration::from_secs(5),
        ..DatabaseSettings::new(url)
    };
    let database = Database::open(&settings)
        .await
        .expect("the database is opened");
    let clock = Arc::<ManualClock>::default();
    let ids = Arc::new(SequentialIds::of_generation(generation));
    let catalogue = Catalogue::new(database, clock, ids, ContentLimits::default());
    say("ready");
    let tasks: Vec<_> = work
        .into_iter()
        .enumerate()
        .map(|(task, work)| tokio::spawn(write(catalogue.clone(), generation, task, work)))
        .collect();
    for task in tasks {
        task.await.expect("a task ends only with the process");
    }
}

/// Reads what there is: `role TASK ROLE` and `repeat TASK ROLE NUMBER`.
fn read_work() -> Vec<Work> {
    let mut work = vec![Work::default(); WRITERS];
    for line in std::io::stdin().lock().lines() {
        let line = line.expect("the parent writes lines");
        let words: Vec<&str> = line.split(' ').collect();
        match words.as_slice() {
            ["role", role] => {
                let task = task_of(role);
                work.get_mut(task)
                    .expect("a task")
                    .roles
                    .push((*role).to_owned());
            }
            ["repeat", role, number] => {
                let task = task_of(role);
                let operation = Operation {
                    role: (*role).to_owned(),
                    number: (*number).to_owned(),
                };
                work.get_mut(task).expect("a task").repeated.push(operation);
            }
            _ => panic!("{line}"),
        }
    }
    work
}

/// The task that a role belongs to, by its name: `role-TASK-NUMBER`.
fn task_of(role: &str) -> usize {
    let task = role.split('-').nth(1).and_then(|task| task.parse().ok());
    task.expect("the name of a role of this program")
}

async fn write(catalogue: Catalogue, generation: u32, task: usize, work: Work) {
    let Work {
        mut roles,
        repeated,
    } = work;
    for operation in repeated {
        store(&catalogue, &operation).await;
        if !roles.contains(&operation.role) {
            roles.push(operation.role);
        }
    }
    for turn in 0_usize.. {
        let role = if turn % EDITS == 0 {
            let role = format!("role-{task}-{generation}-{turn}");
            roles.push(role.clone());
            role
        } else {
            let place = turn * 7 % roles.len();
            roles.get(place).expect("a role").clone()
        };
        let number = format!("{generation}.{task}.{turn}");
        store(&catalogue, &Operation { role, number }).await;
    }
}

/// Writes until it is acknowledged, under a key that is the same for every attempt: a write which
/// had happened unheard happens once.
async fn store(catalogue: &Catalogue, operation: &Operation) {
    let Operation { role, number } = operation;
    say(&format!("sent {role} {number}"));
    loop {
        match attempt(catalogue, operation).await {
            Ok(receipt) => {
                let edited = receipt.edited.first();
                let action = edited.and_then(|edited| edited.action);
                let action = action.unwrap_or_else(|| panic!("{receipt:?}"));
                return say(&format!("done {role} {number} {action:?}"));
            }
            Err(error) => {
                say(&format!("failed {role} {number} {error:?}").replace('\n', " "));
                tokio::time::sleep(PAUSE).await;
            }
        }
    }
}

async fn attempt(catalogue: &Catalogue, operation: &Operation) -> Result<Receipt, AppError> {
    let Operation { role, number } = operation;
    let key = Attempt {
        holder: "kill".to_owned(),
        operation: "write".to_owned(),
        key: number.clone(),
        fingerprint: role.clone(),
    };
    let edit = |role: &mut IdentifiedDraft, _: &dyn IdSource| {
        let mut draft = role.draft().clone();
        count(&mut draft, number);
        role.replace(draft);
        Ok(None)
    };
    let mut fresh = draft(role, "Operator");
    count(&mut fresh, number);
    let write = if is_first(number) {
        RoleWrite::Create {
            draft: &fresh,
            any_slug: false,
        }
    } else {
        let (by, parts) = (RoleBy::Slug(fresh.slug.clone()), RoleParts::default());
        let found = catalogue.database().reads().find_role(&by, &parts).await?;
        RoleWrite::Edit {
            role: found.expect("the role was acknowledged").role.id,
            expected: None,
            slug: None,
            edit: &edit,
        }
    };
    let options = StoreOptions::new("kill");
    catalogue.write_roles(&[write], options, Some(&key)).await
}

/// Whether a write makes its role: its number is `GENERATION.TASK.TURN`.
fn is_first(number: &str) -> bool {
    let turn = number.rsplit('.').next().and_then(|turn| turn.parse().ok());
    turn.is_some_and(|turn: usize| turn.is_multiple_of(EDITS))
}

/// Counts a write in the text of its role, so that one which ran twice is seen.
fn count(draft: &mut RoleDraft, number: &str) {
    let before = draft.summary.as_deref().unwrap_or_default();
    let before = match before.split(' ').collect::<Vec<_>>().as_slice() {
        ["operation", _, count] => count.parse().unwrap_or(0),
        _ => 0_usize,
    };
    draft.summary = Some(format!("operation {number} {}", before + 1));
    // Some edits change what a role leads to.
    if number.ends_with('3') {
        draft.skills.clear();
    }
}

/// One line that outlives the process.
fn say(line: &str) {
    let mut output = std::io::stdout().lock();
    let said = output
        .write_all(format!("{line}\n").as_bytes())
        .and_then(|()| output.flush());
    said.expect("the parent listens");
}
