import { preferProcess } from './processes.js';

// Sound servers, browsers and programs that a test starts inherit this.
preferProcess(process.pid);
