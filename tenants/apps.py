from django.apps import AppConfig


class TenantsConfig(AppConfig):
    name = "tenants"
    label = "tenants"

    def ready(self) -> None:
        from bancheng.kernel import keyring
        from tenants import keys

        keyring.provide(keys.keys_of, network=keys.network_index_key)
