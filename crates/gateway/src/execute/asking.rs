//! Who asks, and on which terms.

use std::net::IpAddr;
use std::sync::Arc;

use app::Holder;
use domain::access::{Caller, Principal};

use super::{CostRequest, Maker};
use crate::GatewaySettings;
use crate::cache::Audience;
use crate::http::request_id::RequestId;
use crate::rate::{Account, Budget, Rate};
use crate::schema::mutation::Repetition;

/// Who asks, and what they want to know about cost.
#[derive(Clone, Debug)]
pub(crate) struct Asking {
    /// Who asks, and what they may do.
    pub(crate) principal: Arc<Principal>,
    /// The key that was shown, with all that is known of it.
    pub(crate) holder: Option<Arc<Holder>>,
    /// Who pays; `None` for whoever is inside of the process.
    pub(crate) account: Option<Account>,
    /// What the payer has left, once the operation is paid.
    pub(crate) budget: Option<Budget>,
    /// What the client wants to know about cost.
    pub(crate) cost: CostRequest,
    /// The version of the catalogue that the answer has to have at least; 0 for any.
    pub(crate) min_version: u64,
    /// Who makes the answer.
    pub(crate) maker: Maker,
    /// Under which key the request may be sent again.
    pub(crate) repetition: Arc<Repetition>,
    /// Where it comes from.
    pub(crate) origin: Origin,
}

/// Where a request comes from: nowhere for whoever is inside of the process.
#[derive(Clone, Debug, Default)]
pub(crate) struct Origin {
    /// The name of the request.
    pub(crate) request: Option<RequestId>,
    /// The address of the client.
    pub(crate) address: Option<IpAddr>,
}

/// Which limits hold for a caller.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) enum Standing {
    /// Those of everybody.
    Anonymous,
    /// Those of callers with a key.
    Keyed,
}

/// What a caller may spend.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Terms {
    /// The largest cost of one operation.
    pub(crate) operation_cost: u32,
    /// How fast points come back, and how many there are at most.
    pub(crate) rate: Rate,
    /// How many operations may run or wait at the same time.
    pub(crate) places: usize,
}

impl Asking {
    /// What somebody asks who is inside of the process and pays nothing.
    pub(crate) fn by(principal: Principal) -> Self {
        Self::of(Arc::new(principal))
    }

    /// The same for somebody who is known.
    pub(crate) fn of(principal: Arc<Principal>) -> Self {
        Self {
            principal,
            holder: None,
            account: None,
            budget: None,
            cost: CostRequest::default(),
            min_version: 0,
            maker: Maker::default(),
            repetition: Arc::default(),
            origin: Origin::default(),
        }
    }

    /// Which limits hold.
    pub(crate) fn standing(&self) -> Standing {
        if self.principal.is_anonymous() {
            Standing::Anonymous
        } else {
            Standing::Keyed
        }
    }

    /// Who asks, and where that comes from.
    pub(crate) fn caller(&self) -> Caller<'_> {
        let Origin { request, address } = &self.origin;
        Caller {
            principal: &self.principal,
            request: request.as_ref().map(RequestId::text),
            address: *address,
        }
    }

    /// For whose eyes the answer is.
    pub(crate) fn audience(&self) -> Audience {
        Audience::of(&self.principal)
    }

    /// What may be spent.
    pub(crate) fn terms(&self, settings: &GatewaySettings) -> Terms {
        match self.standing() {
            Standing::Anonymous => Terms::of_everybody(settings),
            Standing::Keyed => Terms::of_key(settings, self.holder.as_deref()),
        }
    }
}

impl Terms {
    /// The terms of whoever shows no key.
    pub(crate) fn of_everybody(settings: &GatewaySettings) -> Self {
        Self {
            operation_cost: settings.rates.operation_cost,
            rate: Rate {
                capacity: settings.rates.bucket,
                per_second: settings.rates.restored_per_second,
            },
            places: settings.edge.caller_concurrency,
        }
    }

    /// The terms of a key: its own where it has some, else those of all keys.
    pub(crate) fn of_key(settings: &GatewaySettings, holder: Option<&Holder>) -> Self {
        let usual = &settings.keyed;
        let own = holder.map_or_else(Default::default, |holder| holder.key.draft.limits);
        let places = own.concurrency.map(usize::try_from);
        Self {
            operation_cost: own.operation_cost.unwrap_or(usual.operation_cost),
            rate: Rate {
                capacity: own.bucket.unwrap_or(usual.bucket),
                per_second: own.restored_per_second.unwrap_or(usual.restored_per_second),
            },
            places: places.map_or(usual.concurrency, |own| own.unwrap_or(usize::MAX)),
        }
    }
}
