"""What a whole network of halls shares: working-day calendar, catalogue, referral mailbox,
rollups, identity. Its tables live in the shared schema only. It knows halls through `tenants`
and never imports an app of `apps`."""
