from django.apps import AppConfig


class OverviewConfig(AppConfig):
    name = "apps.overview"
    label = "overview"

    def ready(self) -> None:
        """Tell the rollups which apps count what; the city itself knows no app."""
        from apps.cases.reading import facts as cases
        from apps.overview import permissions  # noqa: F401 - grants its table
        from apps.windows import facts as windows
        from bancheng.city.rollups import quarters, sources

        sources.register(day=windows.day_facts, changes=windows.changed_days)
        sources.register(day=cases.day_facts, changes=cases.changed_days)
        sources.register_moment(windows.moment)
        quarters.register(windows.day_quarters)
