select forecast_points, outlier_factor, document, version from indicator_settings
