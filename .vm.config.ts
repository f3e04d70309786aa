import { defineConfig } from 'vitest/config';
export default defineConfig({ root: '/work/main', test: { pool: 'forks', include: ['.many.test.ts'] } });
