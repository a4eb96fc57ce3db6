//! The directives that tell clients what a field costs.

use std::borrow::Cow;

use async_graphql::TypeDirective;
use async_graphql::registry::{MetaDirectiveInvocation, Registry, location_traits};
use domain::read::page::DEFAULT_PAGE_SIZE;

use crate::schema::scalar::int;

/// What a field, or any field of a type, costs besides the fields below it. Objects without it
/// cost 1, everything else costs nothing. An argument that is given costs it once for its field,
/// however many items that has.
#[TypeDirective(
    location = "FieldDefinition",
    location = "Object",
    location = "ArgumentDefinition"
)]
pub(crate) fn cost(#[graphql(desc = "The cost in points.")] weight: i32) {}

/// For how many seconds caches may keep answers that hold the field, or any field of the type.
#[TypeDirective(
    name = "cacheControl",
    location = "FieldDefinition",
    location = "Object"
)]
pub(crate) fn cache_control(
    #[graphql(desc = "The age in seconds; answers with age 0 are not kept at all.")] max_age: i32,
) {
}

/// How many items a list is taken to have. The price of an item counts as often as that. It stands
/// twice at a list whose items have lists of a size that its arguments say as well.
#[TypeDirective(name = "listSize", location = "FieldDefinition", repeatable)]
pub(crate) fn list_size(
    #[graphql(desc = "The number of items when no argument says it.")] assumed_size: Option<i32>,
    #[graphql(
        desc = "The arguments that say it: a number of items, or a list with as many items. Of several, the largest counts."
    )]
    slicing_arguments: Option<Vec<String>>,
    #[graphql(
        desc = "The fields of the returned object that are such lists; without it the field itself is one."
    )]
    sized_fields: Option<Vec<String>>,
    #[graphql(
        desc = "Whether exactly one of the arguments has to be given.",
        default = true
    )]
    require_one_slicing_argument: bool,
) {
}

/// `@listSize` of a connection: as many items as `first` or `last` asks for.
pub(crate) struct Page;

impl Page {
    pub(crate) fn apply() -> MetaDirectiveInvocation {
        let names = |names: [&str; 2]| Some(names.map(str::to_owned).to_vec());
        let (arguments, lists) = (names(["first", "last"]), names(["edges", "nodes"]));
        list_size::apply(Some(int(DEFAULT_PAGE_SIZE)), arguments, lists, false)
    }
}

/// `@listSize` of a list whose length is bounded when it is written: all of its items come with
/// their parent and count as one.
pub(crate) struct BoundedList;

impl BoundedList {
    pub(crate) fn apply() -> MetaDirectiveInvocation {
        list_size::apply(Some(1), None, None, false)
    }
}

/// `@listSize` of a list whose size an argument says: it is a number, or a list with as many items.
pub(crate) struct SizedBy;

impl SizedBy {
    pub(crate) fn apply(argument: &str, assumed: Option<u32>) -> MetaDirectiveInvocation {
        list_size::apply(
            assumed.map(int),
            Some(vec![argument.to_owned()]),
            None,
            false,
        )
    }
}

/// `@listSize` of a field that leads to an object with these lists, whose size an argument says.
pub(crate) struct ListsBelow;

impl ListsBelow {
    pub(crate) fn apply(argument: &str, assumed: u32, lists: &[&str]) -> MetaDirectiveInvocation {
        let lists = lists.iter().map(|&name| name.to_owned()).collect();
        let argument = Some(vec![argument.to_owned()]);
        list_size::apply(Some(int(assumed)), argument, Some(lists), false)
    }
}

/// Lets a type stand where the engine wants a directive.
macro_rules! stands_for_list_size {
    ($($name:ident),+) => {$(
        impl TypeDirective for $name {
            fn name(&self) -> Cow<'static, str> {
                list_size.name()
            }

            fn register(&self, registry: &mut Registry) {
                list_size.register(registry);
            }
        }

        impl location_traits::Directive_At_FIELD_DEFINITION for $name {}
    )+};
}
stands_for_list_size!(Page, BoundedList, SizedBy, ListsBelow);
