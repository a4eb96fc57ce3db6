//! What callers pay for operations.

use std::time::Instant;

use super::{Asking, CostReport, Outcome, Stage};
use crate::GatewaySettings;
use crate::error::{ErrorCode, GraphError};
use crate::gate::Trust;
use crate::rate::{Account, Buckets, Budget, Exhausted};

/// What every request costs at least, also one that is refused.
pub(super) const SMALLEST_PRICE: u64 = 1;

/// The accounts of all callers; without budgets nobody pays.
pub(super) struct Accounts {
    buckets: Option<Buckets<Account>>,
    settings: GatewaySettings,
}

impl Accounts {
    /// Full accounts for everybody.
    pub(super) fn new(settings: &GatewaySettings) -> Self {
        Self {
            buckets: settings.rates.enabled.then(Buckets::new),
            settings: settings.clone(),
        }
    }

    /// Refuses an operation that costs too much; the operator's own may.
    pub(super) fn check_price(
        &self,
        price: u64,
        trust: Trust,
        asking: &Asking,
    ) -> Result<(), GraphError> {
        let limit = asking.terms(&self.settings).operation_cost;
        if trust == Trust::Listed || price <= limit.into() {
            return Ok(());
        }
        let message = format!(
            "the operation costs {price} points: at most {limit} are allowed, so ask for smaller \
             pages or for less of each item"
        );
        let error = GraphError::new(ErrorCode::CostLimitExceeded, &message);
        let [limit, price] = [limit.into(), price].map(|n: u64| n.try_into().unwrap_or(usize::MAX));
        Err(error.with_limit(limit, Some(price)))
    }

    /// Takes points out of the caller's bucket; a price that no bucket holds empties a full one.
    pub(super) fn charge(&self, asking: &Asking, points: u64) -> Result<Option<Budget>, Outcome> {
        let Some((buckets, account)) = self.buckets.as_ref().zip(asking.account) else {
            return Ok(None);
        };
        let rate = asking.terms(&self.settings).rate;
        let points = u32::try_from(points).unwrap_or(u32::MAX);
        // One point has been paid before the price was known.
        let points = points.min(rate.capacity.saturating_sub(1));
        match buckets.charge(account, rate, points, Instant::now()) {
            Ok(budget) => Ok(Some(budget)),
            Err(exhausted) => Err(rate_limited(&exhausted)),
        }
    }

    /// Gives points back that were charged and not used.
    pub(super) fn refund(&self, asking: &Asking, points: u64) -> Option<Budget> {
        let (buckets, account) = self.buckets.as_ref().zip(asking.account)?;
        buckets.refund(&account, u32::try_from(points).unwrap_or(u32::MAX))
    }

    /// What the caller has left.
    pub(super) fn budget(&self, asking: &Asking) -> Option<Budget> {
        self.refund(asking, 0)
    }

    /// What is told about a price before the operation runs.
    pub(super) fn report(&self, price: u64, budget: Option<Budget>, asking: &Asking) -> CostReport {
        let limit = asking.terms(&self.settings).operation_cost;
        CostReport::of(price, limit, budget)
    }
}

fn rate_limited(exhausted: &Exhausted) -> Outcome {
    let message = format!(
        "the budget is used up: {} points come back each second",
        exhausted.budget.restored_per_second
    );
    let error = GraphError::new(ErrorCode::RateLimited, &message).retry_after(exhausted.wait);
    Outcome::refused(Stage::Rate(exhausted.wait), error)
}
